package dev.muster.testkit.issuer;

import dev.muster.testkit.certs.KeyKind;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;

/**
 * A key that signs tokens.
 *
 * @param id its {@code kid}; empty = it is published without one
 * @param algorithm as in RFC 7518 section 3.1
 */
public record SigningKey(String id, KeyPair pair, String algorithm) {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    /** An RSA key of 2048 bits, the same for the same id in all tests of a process. */
    public static SigningKey rsa(String id) {
        return new SigningKey(id, KeyKind.RSA_2048.pair("signs " + id), "RS256");
    }

    /** A P-256 key, the same for the same id in all tests of a process. */
    public static SigningKey ec(String id) {
        return of(id, "ES256");
    }

    /** A key that suits the algorithm. */
    public static SigningKey of(String id, String algorithm) {
        var kind = switch (algorithm) {
            case "ES256" -> KeyKind.P256;
            case "ES384" -> KeyKind.P384;
            case "ES512" -> KeyKind.P521;
            default -> KeyKind.RSA_2048;
        };
        return new SigningKey(id, kind.pair("signs " + id), algorithm);
    }

    /** The compact form of exactly this header and payload. */
    public String sign(String header, String payload) {
        String signed = part(header) + "." + part(payload);
        return signed + "." + URL.encodeToString(signature(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String part(String text) {
        return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The signature itself. */
    public byte[] signature(byte[] message) {
        int bits = Integer.parseInt(algorithm.substring(2));
        try {
            Signature signer = switch (algorithm.substring(0, 2)) {
                case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
                case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
                default -> probabilistic(bits);
            };
            signer.initSign(pair.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a test token could not be signed", e);
        }
    }

    private static Signature probabilistic(int bits) throws GeneralSecurityException {
        var signer = Signature.getInstance("RSASSA-PSS");
        String hash = "SHA-" + bits;
        signer.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1));
        return signer;
    }

    /** As an issuer publishes it. */
    public String jwk() {
        return jwk("\"use\":\"sig\",\"alg\":\"" + algorithm + "\"");
    }

    /** With these members beside what the key is. */
    public String jwk(String others) {
        String named = (id.isEmpty() ? "" : "\"kid\":\"" + id + "\",") + (others.isEmpty() ? "" : others + ",");
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa ->
                "{" + named + "\"kty\":\"RSA\",\"n\":\"" + number(rsa.getModulus(), 0) + "\",\"e\":\""
                        + number(rsa.getPublicExponent(), 0) + "\"}";
            case ECPublicKey ec -> {
                int bits = ec.getParams().getCurve().getField().getFieldSize();
                yield "{" + named + "\"kty\":\"EC\",\"crv\":\"P-" + bits + "\",\"x\":\""
                        + number(ec.getW().getAffineX(), (bits + 7) / 8) + "\",\"y\":\""
                        + number(ec.getW().getAffineY(), (bits + 7) / 8) + "\"}";
            }
            default -> throw new IllegalStateException("no key that signs tokens");
        };
    }

    private static String number(BigInteger value, int bytes) {
        byte[] magnitude = value.toByteArray();
        int from = magnitude[0] == 0 && magnitude.length > 1 ? 1 : 0;
        int length = magnitude.length - from;
        byte[] exact = new byte[Math.max(bytes, length)];
        System.arraycopy(magnitude, from, exact, exact.length - length, length);
        return URL.encodeToString(exact);
    }
}
