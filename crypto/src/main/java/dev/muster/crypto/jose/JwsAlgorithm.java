package dev.muster.crypto.jose;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** The algorithms (RFC 7518 section 3), one for each kind of key: the key decides, as in Kubernetes. */
public enum JwsAlgorithm {
    RS256("SHA256withRSA", "", 0),
    ES256("SHA256withECDSAinP1363Format", "P-256", 64),
    ES384("SHA384withECDSAinP1363Format", "P-384", 96),
    ES512("SHA512withECDSAinP1363Format", "P-521", 132);

    /** Shorter RSA keys prove nothing any more. */
    private static final int LEAST_RSA_BITS = 1024;

    private final String jdkName;
    private final String curve;
    private final int signatureBytes;

    JwsAlgorithm(String jdkName, String curve, int signatureBytes) {
        this.jdkName = jdkName;
        this.curve = curve;
        this.signatureBytes = signatureBytes;
    }

    /** The one algorithm of this key; empty for a key that signs no tokens. */
    public static Optional<JwsAlgorithm> of(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa when rsa.getModulus().bitLength() >= LEAST_RSA_BITS -> Optional.of(RS256);
            case ECPublicKey ec ->
                switch (ec.getParams().getOrder().bitLength()) {
                    case 256 -> only(ES256, ec);
                    case 384 -> only(ES384, ec);
                    case 521 -> only(ES512, ec);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    /** Other curves have the same size: the NIST curves are those with a = -3 that the JDK knows by these names. */
    private static Optional<JwsAlgorithm> only(JwsAlgorithm algorithm, ECPublicKey key) {
        String name = key.getParams().toString();
        String nist = switch (algorithm) {
            case ES256 -> "secp256r1";
            case ES384 -> "secp384r1";
            case ES512 -> "secp521r1";
            case RS256 -> "";
        };
        return name.contains(nist) ? Optional.of(algorithm) : Optional.empty();
    }

    String jdkName() {
        return jdkName;
    }

    /** The curve's name in a JWK; empty for RSA. */
    String curve() {
        return curve;
    }

    /** Whether a signature has a length that this algorithm makes. */
    boolean fits(byte[] signature) {
        return signatureBytes == 0 || signature.length == signatureBytes;
    }
}
