/**
 * An HTTP exchange without a network: what handlers do to it can be looked at.
 *
 * <p>What must stay true: it follows the contract of {@link dev.muster.http.serve.Exchange} and fails loudly where a real
 * server would only log, such as at a second response.
 *
 * <p>What an attacker would try: nothing; this is for tests.
 */
package dev.muster.testkit.http;
