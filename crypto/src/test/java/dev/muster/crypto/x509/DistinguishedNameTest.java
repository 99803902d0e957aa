package dev.muster.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNumericString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names as their bytes have them; BouncyCastle reads the same bytes for comparison. */
class DistinguishedNameTest {

    private static final ASN1ObjectIdentifier CN = new ASN1ObjectIdentifier(DistinguishedName.CN);
    private static final ASN1ObjectIdentifier O = new ASN1ObjectIdentifier(DistinguishedName.O);

    private static DistinguishedName read(X500Name name) throws MalformedDer {
        try {
            return DistinguishedName.read(name.getEncoded());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static RDN rdn(ASN1ObjectIdentifier oid, String value) {
        return new RDN(oid, new DERUTF8String(value));
    }

    private static List<String> texts(DistinguishedName name, String oid) {
        return name.all(oid).stream().map(a -> a.text().orElse("(none)")).toList();
    }

    @Test
    void attributesStandInTheOrderOfTheBytesWithDuplicatesAndEmptyOnes() throws MalformedDer {
        var name = read(new X500Name(
                new RDN[] {rdn(O, "z"), rdn(CN, "first"), rdn(O, "a"), rdn(O, ""), rdn(O, "z"), rdn(CN, "last")}));
        assertThat(texts(name, DistinguishedName.O)).containsExactly("z", "a", "", "z");
        assertThat(texts(name, DistinguishedName.CN)).containsExactly("first", "last");
    }

    @Test
    void aRelativeNameOfSeveralAttributesGivesAllOfThem() throws MalformedDer {
        var several = new RDN(new AttributeTypeAndValue[] {
            new AttributeTypeAndValue(O, new DERUTF8String("bb")),
            new AttributeTypeAndValue(CN, new DERUTF8String("jane")),
            new AttributeTypeAndValue(O, new DERUTF8String("a"))
        });
        var name = read(new X500Name(new RDN[] {several, rdn(O, "c")}));
        assertThat(texts(name, DistinguishedName.O)).containsExactly("a", "bb", "c");
        assertThat(texts(name, DistinguishedName.CN)).containsExactly("jane");
    }

    /** A value and the text in it. */
    record Value(ASN1Encodable value, Optional<String> text) {}

    static List<Value> values() {
        return List.of(
                new Value(new DERUTF8String("Zoë 中 \ud83d\ude00"), Optional.of("Zoë 中 \ud83d\ude00")),
                new Value(new DERUTF8String(" a, b=\\\"c "), Optional.of(" a, b=\\\"c ")),
                new Value(new DERUTF8String("a\0b"), Optional.of("a\0b")),
                new Value(new DERPrintableString("Jane Doe (1)*&"), Optional.of("Jane Doe (1)*&")),
                new Value(new DERPrintableString("jane@example.com"), Optional.empty()),
                new Value(new DERPrintableString("a_b"), Optional.empty()),
                new Value(new DERT61String("Jos\u00e9"), Optional.of("Jos\u00e9")),
                new Value(new DERBMPString("Zoë 中"), Optional.of("Zoë 中")),
                new Value(new DERBMPString("jane\0"), Optional.of("jane")),
                new Value(new DERIA5String("jane@example.com"), Optional.of("jane@example.com")),
                new Value(new DERNumericString("42 7"), Optional.of("42 7")),
                new Value(
                        new DERUniversalString("Zoë \ud83d\ude00".getBytes(Charset.forName("UTF-32BE"))),
                        Optional.of("Zoë \ud83d\ude00")),
                new Value(new DERUniversalString(new byte[] {0, 0, 0}), Optional.empty()),
                new Value(new DERUniversalString(new byte[] {0x7f, 0, 0, 0}), Optional.empty()),
                new Value(new DEROctetString("jane".getBytes(StandardCharsets.UTF_8)), Optional.empty()),
                new Value(new DERBitString(new byte[] {1}), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyStringTypeIsReadAndNothingElse(Value c) throws MalformedDer {
        var name = read(new X500Name(new RDN[] {new RDN(CN, c.value())}));
        assertThat(name.all(DistinguishedName.CN))
                .singleElement()
                .extracting("text")
                .isEqualTo(c.text());
    }

    @Test
    void brokenUtf8IsNoText() throws MalformedDer {
        var name = DistinguishedName.read(
                new byte[] {0x30, 13, 0x31, 11, 0x30, 9, 6, 3, 0x55, 4, 3, 0x0c, 2, (byte) 0xc3, 0x28});
        assertThat(name.all(DistinguishedName.CN))
                .singleElement()
                .extracting("text")
                .isEqualTo(Optional.empty());
    }

    @Test
    void bytesAfterTheNameAreRefused() {
        assertThatThrownBy(() -> DistinguishedName.read(new byte[] {0x30, 0, 0}))
                .isInstanceOf(MalformedDer.class);
        assertThatThrownBy(() -> DistinguishedName.read(new byte[] {0x30, 2, 0x31, 0}))
                .isInstanceOf(MalformedDer.class);
    }

    @Test
    void whatBothReadersReadTheyReadAlike() throws IOException {
        var random = new Random(7);
        int alike = 0;
        for (int i = 0; i < 20_000 * Integer.getInteger("fuzz.times", 1); i++) {
            var der = randomName(random).getEncoded();
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                der[random.nextInt(der.length)] ^= (byte) (1 << random.nextInt(8));
            }
            List<String> ours;
            try {
                ours = ours(DistinguishedName.read(der));
            } catch (MalformedDer e) {
                continue;
            }
            List<String> theirs;
            try {
                theirs = theirs(X500Name.getInstance(der));
            } catch (IllegalArgumentException | IllegalStateException e) {
                continue;
            }
            assertThat(ours).isEqualTo(theirs);
            alike++;
        }
        assertThat(alike).isGreaterThan(5000);
    }

    private static X500Name randomName(Random random) {
        var rdns = new ArrayList<RDN>();
        for (int n = random.nextInt(4); n >= 0; n--) {
            rdns.add(rdn(random.nextBoolean() ? CN : O, Integer.toString(random.nextInt(), 36)));
        }
        return new X500Name(rdns.toArray(RDN[]::new));
    }

    private static List<String> ours(DistinguishedName name) {
        return name.attributes().stream()
                .map(a -> a.oid() + "=" + a.text().orElse(""))
                .toList();
    }

    /** Values that are no valid strings of their types are compared as empty: BouncyCastle reads them loosely. */
    private static List<String> theirs(X500Name name) throws IOException {
        var all = new ArrayList<String>();
        for (var rdn : name.getRDNs()) {
            for (var pair : rdn.getTypesAndValues()) {
                all.add(pair.getType().getId() + "=" + text(pair));
            }
        }
        return all;
    }

    private static String text(AttributeTypeAndValue pair) throws IOException {
        try {
            var alone = DistinguishedName.read(new X500Name(new RDN[] {new RDN(pair)}).getEncoded());
            var ours = alone.attributes().getFirst().text();
            if (ours.isEmpty()) {
                return "";
            }
            return pair.getValue() instanceof ASN1String string ? string.getString() : "";
        } catch (MalformedDer e) {
            throw new AssertionError(e);
        }
    }
}
