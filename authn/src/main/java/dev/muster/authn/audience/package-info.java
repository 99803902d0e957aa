/**
 * For whom a credential is good.
 *
 * <p>What must stay true: a credential whose audiences are known is never accepted for others; one whose audiences are not known
 * is good for this server's own alone.
 *
 * <p>What an attacker would try: take a token that was meant for one service to another.
 */
package dev.muster.authn.audience;
