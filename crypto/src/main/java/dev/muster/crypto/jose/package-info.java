/**
 * Signed tokens: the compact form of JWS (RFC 7515), the keys that sign and verify them, and the JWK set (RFC 7517) by which
 * others verify them.
 *
 * <p>What must stay true: there is one reading of a token or none; the key decides the algorithm, never the token; {@code none}
 * and everything symmetric are no algorithms here; a header that demands something ({@code crit}) is refused; a set of keys never
 * shows a private part.
 *
 * <p>What an attacker would try: a token signed with the public key as an HMAC secret, {@code alg: none}, a key of their own in the
 * header, two claims of one name of which two readers believe different ones, padding or spaces that make one token look like
 * two, nesting that exhausts the stack, a signature of zeros.
 */
package dev.muster.crypto.jose;
