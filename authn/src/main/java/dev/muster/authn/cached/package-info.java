/**
 * A memory for what token authenticators say.
 *
 * <p>What must stay true: tokens are not kept, only their keyed digests; what is kept is bounded in number and time; an outage is
 * never kept; the audiences belong to the key.
 *
 * <p>What an attacker would try: fill the memory, have a refusal or a broken-off look-up kept for somebody else's token, use a
 * token after it was taken back (bounded by the time an acceptance is kept).
 */
package dev.muster.authn.cached;
