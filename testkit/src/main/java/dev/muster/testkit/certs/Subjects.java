package dev.muster.testkit.certs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/** Subjects, made attribute by attribute, in every string type that X.520 has and one that is no string. */
public final class Subjects {

    public static final String CN = "2.5.4.3";
    public static final String O = "2.5.4.10";
    public static final String OU = "2.5.4.11";

    /** Kubernetes' attribute for a user's uid. */
    public static final String UID = "1.3.6.1.4.1.57683.2";

    private final List<RDN> names = new ArrayList<>();

    private Subjects() {}

    public static Subjects empty() {
        return new Subjects();
    }

    /** Organizations first, then the common name, as Kubernetes' own tools write it. */
    public static X500Name user(String commonName, String... organizations) {
        var subject = empty();
        for (String organization : organizations) {
            subject.add(O, organization);
        }
        return subject.add(CN, commonName).build();
    }

    /** A relative name of its own, UTF-8. */
    public Subjects add(String oid, String value) {
        return add(oid, new DERUTF8String(value));
    }

    public Subjects add(String oid, ASN1Encodable value) {
        names.add(new RDN(new ASN1ObjectIdentifier(oid), value));
        return this;
    }

    /** One relative name of several attributes: oid, value, oid, value, ... DER sorts them. */
    public Subjects together(String... oidsAndValues) {
        var pairs = new ArrayList<AttributeTypeAndValue>();
        for (int i = 0; i < oidsAndValues.length; i += 2) {
            pairs.add(new AttributeTypeAndValue(
                    new ASN1ObjectIdentifier(oidsAndValues[i]), new DERUTF8String(oidsAndValues[i + 1])));
        }
        names.add(new RDN(pairs.toArray(AttributeTypeAndValue[]::new)));
        return this;
    }

    public X500Name build() {
        return new X500Name(names.toArray(RDN[]::new));
    }

    public static ASN1Encodable printable(String value) {
        return new DERPrintableString(value);
    }

    /** As the bytes of ISO 8859-1, which is what writers of T.61 mean. */
    public static ASN1Encodable t61(String value) {
        return new DERT61String(new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1));
    }

    public static ASN1Encodable bmp(String value) {
        return new DERBMPString(value);
    }

    public static ASN1Encodable ia5(String value) {
        return new DERIA5String(value);
    }

    public static ASN1Encodable universal(String value) {
        return new DERUniversalString(value.getBytes(java.nio.charset.Charset.forName("UTF-32BE")));
    }

    /** A value that is no string at all. */
    public static ASN1Encodable octets(byte... value) {
        return new DEROctetString(value);
    }
}
