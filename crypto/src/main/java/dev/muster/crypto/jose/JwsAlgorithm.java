package dev.muster.crypto.jose;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The algorithms that are believed (RFC 7518 section 3): none without a key pair. An elliptic curve has one; of those for RSA a key
 * of our own has the first, as in Kubernetes, and a key of somebody else those that its owner and the configuration say.
 */
public enum JwsAlgorithm {
    RS256("SHA256withRSA", "", 0),
    RS384("SHA384withRSA", "", 0),
    RS512("SHA512withRSA", "", 0),
    ES256("SHA256withECDSAinP1363Format", "P-256", 64),
    ES384("SHA384withECDSAinP1363Format", "P-384", 96),
    ES512("SHA512withECDSAinP1363Format", "P-521", 132),
    PS256("RSASSA-PSS", "SHA-256", 32),
    PS384("RSASSA-PSS", "SHA-384", 48),
    PS512("RSASSA-PSS", "SHA-512", 64);

    /** Shorter RSA keys prove nothing any more. */
    private static final int LEAST_RSA_BITS = 1024;

    private static final Map<String, JwsAlgorithm> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, algorithm -> algorithm));

    private final String jdkName;
    private final String curve;
    private final int signatureBytes;
    private final Optional<AlgorithmParameterSpec> parameters;

    /**
     * @param of the curve, or the hash of the probabilistic ones
     * @param bytes the length of a signature on that curve, or of the salt
     */
    JwsAlgorithm(String jdkName, String of, int bytes) {
        boolean probabilistic = jdkName.equals("RSASSA-PSS");
        this.jdkName = jdkName;
        this.curve = probabilistic ? "" : of;
        this.signatureBytes = probabilistic ? 0 : bytes;
        this.parameters = probabilistic
                ? Optional.of(new PSSParameterSpec(of, "MGF1", new MGF1ParameterSpec(of), bytes, 1))
                : Optional.empty();
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
            default -> throw new IllegalArgumentException(algorithm + " has no curve");
        };
        return name.contains(nist) ? Optional.of(algorithm) : Optional.empty();
    }

    /** By the name in a header; none for what is not believed: {@code none}, everything symmetric. */
    public static Optional<JwsAlgorithm> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Whether this is how the owner of the key may sign. */
    public boolean suits(PublicKey key) {
        return curve.isEmpty() ? of(key).equals(Optional.of(RS256)) : of(key).equals(Optional.of(this));
    }

    String jdkName() {
        return jdkName;
    }

    /** What the JDK needs to know beside the name. */
    Optional<AlgorithmParameterSpec> parameters() {
        return parameters;
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
