package dev.muster.crypto.x509;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** One certificate's DER taken apart once: what path building compares, checks and verifies. */
final class ParsedCertificate {

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    private final X509Certificate certificate;
    private final byte[] encoded;
    private final byte[] signedPart;
    private final byte[] signatureAlgorithm;
    private final byte[] signature;
    private int version = 1;
    private BigInteger serial = BigInteger.ZERO;
    private byte[] issuer = {};
    private byte[] subject = {};
    private Extensions extensions = Extensions.none();

    private ParsedCertificate(X509Certificate certificate, byte[] encoded) throws MalformedDer {
        this.certificate = certificate;
        this.encoded = encoded;
        var outer = Der.over(encoded);
        var parts = outer.next(Der.SEQUENCE).inside();
        outer.done();
        var signed = parts.next(Der.SEQUENCE);
        signedPart = signed.whole();
        signatureAlgorithm = parts.next(Der.SEQUENCE).whole();
        signature = parts.next(Der.BIT_STRING).bits();
        parts.done();
        readSigned(signed.inside());
    }

    static ParsedCertificate of(X509Certificate certificate) throws MalformedDer {
        try {
            return read(certificate, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new MalformedDer("a certificate without an encoding");
        }
    }

    /** From the certificate and its encoding. */
    static ParsedCertificate read(X509Certificate certificate, byte[] encoded) throws MalformedDer {
        return new ParsedCertificate(certificate, encoded);
    }

    private void readSigned(Der fields) throws MalformedDer {
        if (fields.peek() == 0xa0) {
            var explicit = fields.next().inside();
            int number = explicit.next(Der.INTEGER).integer().intValue();
            explicit.done();
            Der.need(number >= 0 && number <= 2, "a version that does not exist");
            version = number + 1;
        }
        serial = fields.next(Der.INTEGER).integer();
        Der.need(
                Arrays.equals(fields.next(Der.SEQUENCE).whole(), signatureAlgorithm),
                "two different signature algorithms");
        issuer = fields.next(Der.SEQUENCE).whole();
        fields.next(Der.SEQUENCE);
        subject = fields.next(Der.SEQUENCE).whole();
        fields.next(Der.SEQUENCE);
        for (int unique : new int[] {0x81, 0x82}) {
            if (fields.peek() == unique) {
                fields.next();
            }
        }
        if (fields.peek() == 0xa3) {
            Der.need(version == 3, "extensions in a certificate that is not of version 3");
            var explicit = fields.next().inside();
            extensions = Extensions.read(explicit.next(Der.SEQUENCE).inside());
            explicit.done();
        }
        fields.done();
    }

    X509Certificate certificate() {
        return certificate;
    }

    byte[] signedPart() {
        return signedPart;
    }

    /** The whole AlgorithmIdentifier. */
    byte[] signatureAlgorithm() {
        return signatureAlgorithm;
    }

    byte[] signature() {
        return signature;
    }

    int version() {
        return version;
    }

    byte[] issuer() {
        return issuer;
    }

    byte[] subject() {
        return subject;
    }

    Extensions extensions() {
        return extensions;
    }

    PublicKey key() {
        return certificate.getPublicKey();
    }

    Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    boolean sameAs(ParsedCertificate other) {
        return Arrays.equals(encoded, other.encoded);
    }

    /** Whether it speaks for the same holder: same name, key and alternative names, though perhaps another certificate. */
    boolean sameHolderAs(ParsedCertificate other) {
        return Arrays.equals(subject, other.subject)
                && Arrays.equals(extensions.alternativeNames(), other.extensions.alternativeNames())
                && key().equals(other.key());
    }

    /** How Kubernetes names a certificate in its log. */
    String identifier() {
        return "SN=" + serial + ", SKID=" + COLONS.formatHex(extensions.subjectKeyId()) + ", AKID="
                + COLONS.formatHex(extensions.authorityKeyId());
    }
}
