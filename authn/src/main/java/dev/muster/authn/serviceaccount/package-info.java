/**
 * Tokens of service accounts: those with an end, bound to objects ({@link dev.muster.authn.serviceaccount.BoundTokens}), those
 * without, kept in secrets ({@link dev.muster.authn.serviceaccount.LegacyTokens}), and how both are made ({@link
 * dev.muster.authn.serviceaccount.TokenIssuer}).
 *
 * <p>What must stay true: a token whose issuer is not ours is nobody's here; everything after that is accepted or refused, never
 * passed on as not ours. The account, and every object a token is bound to, must exist with the uid the token names: looked up in
 * memory at every use, so that a deletion counts at once. A token in a secret is good while that secret holds exactly it. A token
 * that names no end is refused unless it is of the kind that has none. What is signed is still compared with itself: subject and
 * account must agree.
 *
 * <p>What an attacker would try: a token of an account that was deleted and made anew; one whose secret was emptied or moved; a
 * token for another audience; {@code none}, HMAC with the public key, a key id of their own; a token of the other kind, which has
 * no end.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/">Managing service accounts</a>
 */
package dev.muster.authn.serviceaccount;
