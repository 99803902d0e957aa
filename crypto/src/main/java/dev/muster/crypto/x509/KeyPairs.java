package dev.muster.crypto.x509;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Whether a private key and a certificate belong together. */
public final class KeyPairs {

    private static final byte[] PROBE =
            "do these two belong together?".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private KeyPairs() {}

    /** Signs with one and verifies with the other. */
    public static boolean match(PublicKey publicKey, PrivateKey privateKey) {
        try {
            var signer = signature(privateKey.getAlgorithm(), privateKey);
            signer.initSign(privateKey);
            signer.update(PROBE);
            byte[] signed = signer.sign();
            var verifier = signature(privateKey.getAlgorithm(), privateKey);
            verifier.initVerify(publicKey);
            verifier.update(PROBE);
            return verifier.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Signature signature(String family, PrivateKey key) throws GeneralSecurityException {
        return switch (family) {
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "RSASSA-PSS" -> {
                var pss = Signature.getInstance("RSASSA-PSS");
                var own = key instanceof RSAKey rsa ? rsa.getParams() : null;
                pss.setParameter(
                        own != null ? own : new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            default -> Signature.getInstance("Ed25519");
        };
    }
}
