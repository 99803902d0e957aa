package dev.muster.apiserver.controllers.bootstrapsigner;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JSON Web Signature without its payload (RFC 7515, appendix F), by HS256. The key of sixteen bytes is shorter than RFC 7518
 * asks for, which JOSE libraries refuse; {@code kubeadm} uses it all the same.
 */
final class DetachedJws {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private DetachedJws() {}

    /**
     * Signs. The header's bytes are fixed, since who verifies computes all of it anew and compares the texts.
     *
     * @param keyId six letters and digits; not escaped
     */
    static String of(String payload, String keyId, byte[] key) {
        String header = base64("{\"alg\":\"HS256\",\"kid\":\"" + keyId + "\"}");
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] signature = mac.doFinal((header + "." + base64(payload)).getBytes(StandardCharsets.US_ASCII));
            return header + ".." + BASE64URL.encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
