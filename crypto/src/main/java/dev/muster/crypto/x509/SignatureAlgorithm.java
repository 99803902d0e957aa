package dev.muster.crypto.x509;

import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * A certificate's signature algorithm (RFC 3279, 4055, 5758, 8410), as the JDK names it.
 *
 * @param parameters for RSASSA-PSS only
 */
record SignatureAlgorithm(String name, Optional<AlgorithmParameterSpec> parameters) {

    private static final String MGF1 = "1.2.840.113549.1.1.8";

    static SignatureAlgorithm read(byte[] identifier) throws MalformedDer {
        var outer = Der.over(identifier).next(Der.SEQUENCE).inside();
        String oid = outer.next(Der.OID).oid();
        return switch (oid) {
            case "1.2.840.113549.1.1.11" -> plain("SHA256withRSA");
            case "1.2.840.113549.1.1.12" -> plain("SHA384withRSA");
            case "1.2.840.113549.1.1.13" -> plain("SHA512withRSA");
            case "1.2.840.10045.4.3.2" -> plain("SHA256withECDSA");
            case "1.2.840.10045.4.3.3" -> plain("SHA384withECDSA");
            case "1.2.840.10045.4.3.4" -> plain("SHA512withECDSA");
            case "1.2.840.113549.1.1.10" -> pss(outer);
            case "1.3.101.112" -> {
                outer.done();
                yield plain("Ed25519");
            }
            case "1.2.840.113549.1.1.5", "1.3.14.3.2.29", "1.2.840.10045.4.1" ->
                throw new MalformedDer("insecure signature algorithm SHA-1");
            case "1.2.840.113549.1.1.4", "1.2.840.113549.1.1.2" ->
                throw new MalformedDer("insecure signature algorithm MD5 or MD2");
            default -> throw new MalformedDer("signature algorithm not supported: " + oid);
        };
    }

    /**
     * The same for a certificate request, where the signature only proves that the key is held: Go, and so Kubernetes, takes
     * SHA-1 there still.
     */
    static SignatureAlgorithm readOfRequest(byte[] identifier) throws MalformedDer {
        var outer = Der.over(identifier).next(Der.SEQUENCE).inside();
        return switch (outer.next(Der.OID).oid()) {
            case "1.2.840.113549.1.1.5", "1.3.14.3.2.29" -> plain("SHA1withRSA");
            case "1.2.840.10045.4.1" -> plain("SHA1withECDSA");
            default -> read(identifier);
        };
    }

    private static SignatureAlgorithm plain(String name) {
        return new SignatureAlgorithm(name, Optional.empty());
    }

    /** One hash throughout, a salt of its length: other combinations are not in use, and Go knows none either. */
    private static SignatureAlgorithm pss(Der algorithm) throws MalformedDer {
        var fields = algorithm.next(Der.SEQUENCE).inside();
        algorithm.done();
        Der.need(fields.peek() == 0xa0, "RSASSA-PSS with SHA-1");
        var hash = hash(fields.next().inside().next(Der.SEQUENCE).inside());
        Der.need(fields.peek() == 0xa1, "RSASSA-PSS with SHA-1");
        var mask = fields.next().inside().next(Der.SEQUENCE).inside();
        Der.need(mask.next(Der.OID).oid().equals(MGF1), "RSASSA-PSS with an unknown mask");
        Der.need(hash(mask.next(Der.SEQUENCE).inside()) == hash, "RSASSA-PSS with two hashes");
        Der.need(fields.peek() == 0xa2, "RSASSA-PSS with a salt of another length");
        int salt = fields.next().inside().next(Der.INTEGER).integer().intValue();
        Der.need(salt == hash.length, "RSASSA-PSS with a salt of another length");
        if (fields.peek() == 0xa3) {
            int trailer = fields.next().inside().next(Der.INTEGER).integer().intValue();
            Der.need(trailer == 1, "RSASSA-PSS with an unknown trailer");
        }
        fields.done();
        return new SignatureAlgorithm(
                "RSASSA-PSS", Optional.of(new PSSParameterSpec(hash.name, "MGF1", hash.mask, hash.length, 1)));
    }

    private enum Hash {
        SHA256("SHA-256", MGF1ParameterSpec.SHA256, 32),
        SHA384("SHA-384", MGF1ParameterSpec.SHA384, 48),
        SHA512("SHA-512", MGF1ParameterSpec.SHA512, 64);

        private final String name;
        private final MGF1ParameterSpec mask;
        private final int length;

        Hash(String name, MGF1ParameterSpec mask, int length) {
            this.name = name;
            this.mask = mask;
            this.length = length;
        }
    }

    private static Hash hash(Der identifier) throws MalformedDer {
        String oid = identifier.next(Der.OID).oid();
        if (identifier.peek() == Der.NULL) {
            Der.need(identifier.next().length() == 0, "a null that is something");
        }
        identifier.done();
        return switch (oid) {
            case "2.16.840.1.101.3.4.2.1" -> Hash.SHA256;
            case "2.16.840.1.101.3.4.2.2" -> Hash.SHA384;
            case "2.16.840.1.101.3.4.2.3" -> Hash.SHA512;
            default -> throw new MalformedDer("RSASSA-PSS with an unsupported hash");
        };
    }

    boolean fits(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> name.endsWith("RSA") || name.equals("RSASSA-PSS");
            case "RSASSA-PSS" -> name.equals("RSASSA-PSS");
            case "EC" -> name.endsWith("ECDSA");
            case "EdDSA", "Ed25519" -> name.equals("Ed25519");
            default -> false;
        };
    }
}
