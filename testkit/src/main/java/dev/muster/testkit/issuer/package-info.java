/**
 * An OpenID issuer for tests: publishes what it is told over TLS, well or badly, signs what it is told, however odd, and counts who
 * asks.
 *
 * <p>What must stay true: it signs by the JDK alone, so that it shares no code with what verifies.
 *
 * <p>What an attacker would try: everything {@link dev.muster.testkit.issuer.Fault} offers.
 */
package dev.muster.testkit.issuer;
