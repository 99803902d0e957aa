/**
 * Tokens of OpenID Connect issuers, judged by the keys that the issuers publish.
 *
 * <p>{@link dev.muster.authn.oidc.IssuerSettings} is what is configured of one; {@link dev.muster.authn.oidc.ClaimRules} makes users
 * of {@link dev.muster.authn.oidc.Claims}.
 *
 * <p>What must stay true: a token is read once, and what was verified is what is used; the issuer's keys and the configured
 * algorithms decide how a signature is checked, never the token; nothing in a token makes a call to where its author likes; a token
 * of an issuer that cannot be reached is neither accepted nor anybody else's; users and groups called {@code system:} come from no
 * issuer unless it was said so.
 *
 * <p>What an attacker would try: {@code none}, the public key as HMAC secret, a key of their own in {@code jwk}, {@code jku} or
 * {@code x5u}, two claims of one name, a token for another audience or another purpose, floods of unknown key ids so that the issuer
 * is asked again and again, a key set without end, a distributed claim that makes the server call its own network, a group named
 * {@code system:masters}.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html">OpenID Connect Core 1.0</a>
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens">OpenID Connect
 *     tokens</a>
 */
package dev.muster.authn.oidc;
