/**
 * Callers who present nothing.
 *
 * <p>What must stay true: nobody who presented a credential is ever anonymous, whether it was bad or could not be judged; paths
 * are compared byte for byte with what is routed.
 *
 * <p>What an attacker would try: break an authenticator so that its failure looks like nothing; spell an allowed path in
 * another way.
 */
package dev.muster.authn.anonymous;
