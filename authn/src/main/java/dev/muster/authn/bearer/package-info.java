/**
 * Bearer tokens from the Authorization header.
 *
 * <p>What must stay true: the first header line alone counts; a token is cut out once and judged whole; no other place (query,
 * cookie, body) is looked into; an unknown token is a refusal.
 *
 * <p>What an attacker would try: a second Authorization line that another reader prefers, a token hidden behind spaces so that
 * a bad credential passes for none.
 */
package dev.muster.authn.bearer;
