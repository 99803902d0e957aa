package dev.muster.crypto.x509;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An X.500 name as it stands in the DER: attributes in the order of the bytes, those of one multi-valued RDN one after the
 * other. Nothing is sorted, merged, trimmed or escaped, since the order decides which common name and which groups a
 * certificate's owner has.
 *
 * @param attributes in encounter order
 */
public record DistinguishedName(List<Attribute> attributes) {

    /** Common name, RFC 4519 section 2.3. */
    public static final String CN = "2.5.4.3";

    /** Organization, RFC 4519 section 2.19. */
    public static final String O = "2.5.4.10";

    private static final int MOST_ATTRIBUTES = 4096;

    /**
     * @param oid the attribute type, dotted
     * @param text the value; empty when it is no string, or not a valid one of its type
     */
    public record Attribute(String oid, Optional<String> text) {}

    public DistinguishedName {
        attributes = List.copyOf(attributes);
    }

    /** Reads a {@code Name} (RFC 5280 section 4.1.2.4). */
    public static DistinguishedName read(byte[] der) throws MalformedDer {
        var outer = Der.over(der);
        var rdns = outer.next(Der.SEQUENCE).inside();
        outer.done();
        var found = new ArrayList<Attribute>();
        while (rdns.more()) {
            var rdn = rdns.next(Der.SET).inside();
            Der.need(rdn.more(), "an empty relative name");
            while (rdn.more()) {
                var pair = rdn.next(Der.SEQUENCE).inside();
                String oid = pair.next(Der.OID).oid();
                var value = pair.next();
                pair.done();
                Der.need(found.size() < MOST_ATTRIBUTES, "a name of too many attributes");
                found.add(new Attribute(oid, text(value)));
            }
        }
        return new DistinguishedName(found);
    }

    /** The subject of a certificate, given as its whole DER. */
    public static DistinguishedName ofSubject(byte[] certificate) throws MalformedDer {
        var signed = Der.over(certificate)
                .next(Der.SEQUENCE)
                .inside()
                .next(Der.SEQUENCE)
                .inside();
        if (signed.peek() == 0xa0) {
            signed.next();
        }
        signed.next(Der.INTEGER);
        signed.next(Der.SEQUENCE);
        signed.next(Der.SEQUENCE);
        signed.next(Der.SEQUENCE);
        return read(signed.next(Der.SEQUENCE).whole());
    }

    /** All attributes of one type, in order. */
    public List<Attribute> all(String oid) {
        return attributes.stream().filter(a -> a.oid().equals(oid)).toList();
    }

    private static Optional<String> text(Der.Element value) {
        return switch (value.tag()) {
            case 0x0c -> decode(value, StandardCharsets.UTF_8);
            case 0x12 -> decode(value, StandardCharsets.US_ASCII).filter(DistinguishedName::numeric);
            case 0x13 -> decode(value, StandardCharsets.US_ASCII).filter(DistinguishedName::printable);
            case 0x14 -> decode(value, StandardCharsets.ISO_8859_1);
            case 0x16, 0x1a -> decode(value, StandardCharsets.US_ASCII);
            case 0x1c -> decode(value, Charset.forName("UTF-32BE"));
            case 0x1e -> decode(value, StandardCharsets.UTF_16BE).map(DistinguishedName::withoutFinalNull);
            default -> Optional.empty();
        };
    }

    private static Optional<String> decode(Der.Element value, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(value.value())).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The set of X.680, and the two characters beyond it that certificates in use carry (as Go reads them). */
    private static boolean printable(String text) {
        return text.chars()
                .allMatch(c -> c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || " '()+,-./:=?*&".indexOf(c) >= 0);
    }

    private static boolean numeric(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9' || c == ' ');
    }

    /** Some writers end BMP strings as C strings; Go drops that end, and so the same person is the same person here. */
    private static String withoutFinalNull(String text) {
        return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
    }
}
