package dev.muster.crypto.jose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One public key of a JWK set (RFC 7518 section 6). Certificates and links beside it ({@code x5c}, {@code x5u}) are not looked at. */
final class Jwk {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    private static final int MOST_EXPONENT_BITS = 32;
    private static final int MOST_TEXT = 2048;

    private Jwk() {}

    /** What it says it signs with. */
    static Optional<JwsAlgorithm> algorithm(Map<?, ?> jwk) throws MalformedJws {
        if (!(jwk.get("alg") instanceof String name)) {
            return Optional.empty();
        }
        return Optional.of(JwsAlgorithm.named(name)
                .orElseThrow(() -> new MalformedJws("a key for an algorithm that is not believed or does not sign")));
    }

    static PublicKey publicKey(Map<?, ?> jwk) throws MalformedJws {
        if (jwk.containsKey("use") && !"sig".equals(jwk.get("use"))) {
            throw new MalformedJws("a key that is not for signatures");
        }
        if (jwk.containsKey("key_ops")
                && !(jwk.get("key_ops") instanceof List<?> operations && operations.contains("verify"))) {
            throw new MalformedJws("a key that is not for verifying");
        }
        if (jwk.containsKey("d")) {
            throw new MalformedJws("a private key, known to everybody");
        }
        try {
            return switch (text(jwk, "kty")) {
                case "RSA" -> rsa(number(jwk, "n"), number(jwk, "e"));
                case "EC" -> ec(jwk);
                default -> throw new MalformedJws("a key of a kind that is not believed");
            };
        } catch (GeneralSecurityException e) {
            throw new MalformedJws("a key that is damaged");
        }
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent)
            throws MalformedJws, GeneralSecurityException {
        int bits = modulus.bitLength();
        if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
            throw new MalformedJws(
                    "an RSA key of " + bits + " bits; " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " are believed");
        }
        if (exponent.bitLength() < 2 || exponent.bitLength() > MOST_EXPONENT_BITS || !exponent.testBit(0)) {
            throw new MalformedJws("an RSA key with a strange exponent");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey ec(Map<?, ?> jwk) throws MalformedJws, GeneralSecurityException {
        String name = switch (text(jwk, "crv")) {
            case "P-256" -> "secp256r1";
            case "P-384" -> "secp384r1";
            case "P-521" -> "secp521r1";
            default -> throw new MalformedJws("a key on a curve that is not believed");
        };
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(name));
        var curve = parameters.getParameterSpec(ECParameterSpec.class);
        var point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        if (!isOn(curve, point)) {
            throw new MalformedJws("a point that is not on its curve");
        }
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
    }

    private static boolean isOn(ECParameterSpec spec, ECPoint point) {
        var curve = spec.getCurve();
        var p = ((ECFieldFp) curve.getField()).getP();
        var x = point.getAffineX();
        var y = point.getAffineY();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        var right =
                x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
        return y.multiply(y).mod(p).equals(right);
    }

    private static String text(Map<?, ?> jwk, String field) {
        return jwk.get(field) instanceof String text ? text : "";
    }

    private static BigInteger number(Map<?, ?> jwk, String field) throws MalformedJws {
        if (!(jwk.get(field) instanceof String text) || text.isEmpty() || text.length() > MOST_TEXT) {
            throw new MalformedJws("a key without its \"" + field + "\"");
        }
        return new BigInteger(1, CompactJws.decode(text));
    }
}
