/**
 * Credentials that were taken back.
 *
 * <p>{@link dev.muster.authn.revocable.Revocations} is what the Revocation objects name, kept current by the watch cache;
 * {@link dev.muster.authn.revocable.Revocable} stands around the whole chain and asks it; {@link
 * dev.muster.authn.revocable.LiveCredentials} ends what is still running. What a credential is known by is its {@link
 * dev.muster.authn.revocable.Fingerprint}.
 *
 * <p>What must stay true: whoever presents what was revoked is refused, never anonymous; a new encoding of the same signature, a
 * renewed certificate of the same key and the same key under another algorithm's name are the same credential; what is not known
 * of a credential (when it was issued) counts against it; a server that has not heard from its store for a while does not vouch
 * for anybody, except for break-glass; reading costs no lock, and nothing at all while there are no revocations.
 *
 * <p>What an attacker would try: change bytes of a certificate that are not signed, have the same key certified again, keep a
 * connection or a watch open, cut the server off from its store, write a revocation that cannot be read so that it counts for
 * nothing, delete the one aimed at him.
 */
package dev.muster.authn.revocable;
