/**
 * What every authenticator is held to: made-up requests, and a suite that each authenticator's tests extend.
 *
 * <p>What must stay true: the suite runs the authenticator on hostile input and proves that it did.
 *
 * <p>What an attacker would try: what the suite tries first.
 */
package dev.muster.testkit.authn;
