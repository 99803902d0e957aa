package dev.muster.crypto.x509;

import dev.muster.crypto.provider.Signatures;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A certificate request (PKCS#10, RFC 2986) whose signature is right: whoever made it holds the key. Of the requested extensions
 * only alternative names are read; what else it asks for is for others to decide.
 */
public final class CertificateRequest {

    private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final int MOST_ATTRIBUTES = 64;

    private final byte[] subjectDer;
    private final DistinguishedName subject;
    private final PublicKey key;
    private final AlternativeNames names;

    /** What was signed, taken apart; nobody has looked at the signature yet. */
    private CertificateRequest(Der.Element signed) throws MalformedDer {
        var fields = signed.inside();
        Der.need(fields.next(Der.INTEGER).integer().signum() == 0, "a version that does not exist");
        subjectDer = fields.next(Der.SEQUENCE).whole();
        subject = DistinguishedName.read(subjectDer);
        key = key(fields.next(Der.SEQUENCE));
        var found = AlternativeNames.NONE;
        if (fields.more()) {
            found = attributes(fields.next(0xa0).inside());
        }
        names = found;
        fields.done();
    }

    /**
     * Reads one {@code CERTIFICATE REQUEST} block.
     *
     * @throws MalformedPem saying what is wrong: the form, the key or the signature
     */
    public static CertificateRequest parse(byte[] pem, Signatures signatures) throws MalformedPem {
        return read(pem, Optional.of(signatures));
    }

    /** Reads one whose signature was looked at before it was stored; a signature costs more than all the rest. */
    public static CertificateRequest parseVerified(byte[] pem) throws MalformedPem {
        return read(pem, Optional.empty());
    }

    private static CertificateRequest read(byte[] pem, Optional<Signatures> signatures) throws MalformedPem {
        List<Pem.Block> blocks = Pem.blocks(pem);
        if (blocks.isEmpty() || !blocks.getFirst().label().equals("CERTIFICATE REQUEST")) {
            throw new MalformedPem("PEM block type must be CERTIFICATE REQUEST");
        }
        if (blocks.size() > 1) {
            throw new MalformedPem("more than one PEM block");
        }
        try {
            var outer = Der.over(blocks.getFirst().der());
            var parts = outer.next(Der.SEQUENCE).inside();
            outer.done();
            var signed = parts.next(Der.SEQUENCE);
            byte[] identifier = parts.next(Der.SEQUENCE).whole();
            byte[] signature = parts.next(Der.BIT_STRING).bits();
            parts.done();
            var request = new CertificateRequest(signed);
            Optional<String> weakness = KeyStrength.problem(request.key);
            Der.need(weakness.isEmpty(), "it contains " + weakness.orElse(""));
            var algorithm = SignatureAlgorithm.readOfRequest(identifier);
            Der.need(algorithm.fits(request.key), "the signature algorithm does not fit the key");
            if (signatures.isPresent()) {
                request.verify(algorithm, signed.whole(), signature, signatures.get());
            }
            return request;
        } catch (MalformedDer e) {
            throw new MalformedPem("a certificate request that cannot be read: " + e.getMessage());
        }
    }

    private void verify(SignatureAlgorithm algorithm, byte[] message, byte[] signature, Signatures signatures)
            throws MalformedDer {
        try {
            Der.need(
                    signatures.verify(algorithm.name(), algorithm.parameters(), key, message, signature),
                    "the signature is not its key's");
        } catch (GeneralSecurityException e) {
            throw new MalformedDer("the signature cannot be verified");
        }
    }

    private static PublicKey key(Der.Element info) throws MalformedDer {
        String algorithm =
                switch (info.inside().next(Der.SEQUENCE).inside().next(Der.OID).oid()) {
                    case "1.2.840.113549.1.1.1" -> "RSA";
                    case "1.2.840.10045.2.1" -> "EC";
                    case "1.3.101.112" -> "Ed25519";
                    default -> throw new MalformedDer("it contains an unsupported public key");
                };
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info.whole()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MalformedDer("it contains a public key that cannot be read");
        }
    }

    private static AlternativeNames attributes(Der list) throws MalformedDer {
        AlternativeNames found = null;
        for (int count = 0; list.more(); count++) {
            Der.need(count < MOST_ATTRIBUTES, "too many attributes");
            var attribute = list.next(Der.SEQUENCE).inside();
            String oid = attribute.next(Der.OID).oid();
            var values = attribute.next(Der.SET).inside();
            attribute.done();
            if (oid.equals(EXTENSION_REQUEST)) {
                Der.need(found == null, "two requests for extensions");
                found = extensions(values.next(Der.SEQUENCE).inside());
                values.done();
            }
        }
        return found == null ? AlternativeNames.NONE : found;
    }

    private static AlternativeNames extensions(Der list) throws MalformedDer {
        var found = AlternativeNames.NONE;
        var seen = new HashSet<String>();
        while (list.more()) {
            var extension = list.next(Der.SEQUENCE).inside();
            String oid = extension.next(Der.OID).oid();
            if (extension.peek() == Der.BOOLEAN) {
                extension.next().bool();
            }
            var value = extension.next(Der.OCTET_STRING);
            extension.done();
            Der.need(seen.add(oid), "an extension that stands twice: " + oid);
            Der.need(seen.size() <= MOST_ATTRIBUTES, "too many extensions");
            if (oid.equals(SUBJECT_ALTERNATIVE_NAME)) {
                found = AlternativeNames.read(value.inside());
            }
        }
        return found;
    }

    /** The subject as it stands in the request. */
    byte[] subjectDer() {
        return subjectDer.clone();
    }

    /** Whom the certificate is to name. */
    public DistinguishedName subject() {
        return subject;
    }

    /** The key to certify, which is of a kind and size we deal with. */
    public PublicKey key() {
        return key;
    }

    /** The alternative names it asks for. */
    public AlternativeNames names() {
        return names;
    }

    /** The common name; of several the last, as Go takes it; empty when there is none. */
    public String commonName() {
        var all = subject.all(DistinguishedName.CN);
        return all.isEmpty() ? "" : all.getLast().text().orElse("");
    }

    /** The organizations in order; one that is no text is the empty text. */
    public List<String> organizations() {
        return subject.all(DistinguishedName.O).stream()
                .map(attribute -> attribute.text().orElse(""))
                .toList();
    }
}
