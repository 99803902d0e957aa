package dev.muster.crypto.x509;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;

/** With which public keys we have anything to do: what Go accepts today. */
final class KeyStrength {

    private static final int SMALLEST_RSA = 1024;

    /** Larger keys cost the verifier more than a stranger may ask for (CVE-2023-29409 of Go). */
    private static final int LARGEST_RSA = 8192;

    private static final BigInteger LARGEST_EXPONENT = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final Set<Integer> CURVE_BITS = Set.of(256, 384, 521);

    private KeyStrength() {}

    /** What is wrong with it, to be said after "contains"; empty when it is fine. */
    static Optional<String> problem(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsaProblem(rsa);
            case ECPublicKey ec
            when CURVE_BITS.contains(ec.getParams().getCurve().getField().getFieldSize()) -> Optional.empty();
            case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") -> Optional.empty();
            default -> Optional.of("an unsupported public key");
        };
    }

    private static Optional<String> rsaProblem(RSAPublicKey rsa) {
        int bits = rsa.getModulus().bitLength();
        if (bits < SMALLEST_RSA || bits > LARGEST_RSA) {
            return Optional.of("an RSA key of " + bits + " bits");
        }
        if (rsa.getPublicExponent().compareTo(LARGEST_EXPONENT) > 0) {
            return Optional.of("an RSA key with a large exponent");
        }
        return Optional.empty();
    }
}
