package dev.muster.crypto.jose;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Public keys as a JWK set (RFC 7517 section 5, RFC 7518 section 6). */
public final class JwkSet {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private JwkSet() {}

    /** Everything in it is ours or base64url: nothing needs escaping. */
    public static String json(List<VerificationKey> keys) {
        return keys.stream().map(JwkSet::one).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private static String one(VerificationKey key) {
        String common = "{\"use\":\"sig\",\"kid\":\"" + key.id() + "\",\"alg\":\"" + key.algorithm() + "\"";
        return switch (key.key()) {
            case RSAPublicKey rsa ->
                common + ",\"kty\":\"RSA\",\"n\":\"" + number(rsa.getModulus()) + "\",\"e\":\""
                        + number(rsa.getPublicExponent()) + "\"}";
            case ECPublicKey ec -> {
                int bytes = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
                yield common + ",\"kty\":\"EC\",\"crv\":\"" + key.algorithm().curve() + "\",\"x\":\""
                        + coordinate(ec.getW().getAffineX(), bytes) + "\",\"y\":\""
                        + coordinate(ec.getW().getAffineY(), bytes) + "\"}";
            }
            default -> throw new IllegalArgumentException("a key that signs no tokens");
        };
    }

    /** Without a leading zero. */
    private static String number(BigInteger value) {
        return coordinate(value, (value.bitLength() + 7) / 8);
    }

    private static String coordinate(BigInteger value, int bytes) {
        byte[] signed = value.toByteArray();
        byte[] exact = new byte[bytes];
        int length = Math.min(signed.length, bytes);
        System.arraycopy(signed, signed.length - length, exact, bytes - length, length);
        return URL.encodeToString(exact);
    }
}
