package dev.muster.crypto.jose;

import dev.muster.crypto.provider.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;

/** Signs tokens with one key. Thread-safe. */
public final class JwsSigner {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final VerificationKey publicKey;
    private final PrivateKey privateKey;
    private final Signatures signatures;
    private final String header;

    /** @param publicKey the other half of the private key */
    public JwsSigner(VerificationKey publicKey, PrivateKey privateKey, Signatures signatures) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.signatures = signatures;
        // Neither needs escaping: one of four names, and base64url.
        String json = "{\"alg\":\"" + publicKey.algorithm() + "\",\"kid\":\"" + publicKey.id() + "\"}";
        this.header = URL.encodeToString(json.getBytes(StandardCharsets.US_ASCII));
    }

    public VerificationKey publicKey() {
        return publicKey;
    }

    /** The compact form. */
    public String sign(byte[] payload) {
        String signed = header + "." + URL.encodeToString(payload);
        try {
            byte[] signature = signatures.sign(
                    publicKey.algorithm().jdkName(), privateKey, signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + URL.encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was checked does not sign", e);
        }
    }
}
