/**
 * The authenticator of X.509 client certificates.
 *
 * <p>What must stay true: the handshake has proved possession of the leaf's key and judged nothing else; every request of a
 * connection is held against the bundle and the clock of now; the name and the groups are the subject's own, in order,
 * nothing folded or trimmed; a certificate without a common name is nobody's, a bad one is refused.
 *
 * <p>What an attacker would try: keep a connection open beyond the end of a certificate or of the trust in its authority,
 * resume a session to skip the judging, put two common names where two readers take different ones, make judging slow.
 */
package dev.muster.authn.x509;
