package dev.muster.crypto.jose;

import dev.muster.crypto.provider.Signatures;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;

/**
 * A public key that verifies tokens.
 *
 * @param id base64url of the SHA-256 of the key's SubjectPublicKeyInfo, as Kubernetes makes it
 */
public record VerificationKey(String id, JwsAlgorithm algorithm, PublicKey key) {

    /** Empty for a key of a kind that signs no tokens. */
    public static Optional<VerificationKey> of(PublicKey key) {
        return JwsAlgorithm.of(key).map(algorithm -> new VerificationKey(idOf(key), algorithm, key));
    }

    /** Whether this key made the signature, by its own algorithm and no other. */
    boolean verifies(CompactJws token, CompactJws.Header header, Signatures signatures) {
        if (!header.algorithm().equals(algorithm.name()) || !algorithm.fits(token.signature())) {
            return false;
        }
        try {
            return signatures.verify(
                    algorithm.jdkName(), algorithm.parameters(), key, token.signed(), token.signature());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String idOf(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
