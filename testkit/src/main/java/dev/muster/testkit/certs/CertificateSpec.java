package dev.muster.testkit.certs;

import dev.muster.testkit.clock.ManualClock;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** A certificate to be made: begins as a good one, and each call makes one thing odd. */
public final class CertificateSpec {

    private static final Duration YEARS = Duration.ofDays(3650);

    private final X500Name subject;
    private final Map<String, ExtensionSpec> extensions = new LinkedHashMap<>();
    private Instant from = ManualClock.START.minus(Duration.ofHours(1));
    private Instant until = ManualClock.START.plus(Duration.ofDays(1));
    private KeyPair keys = KeyKind.P256.newPair();
    private Optional<String> signature = Optional.empty();
    private boolean identifiers = true;

    record ExtensionSpec(boolean critical, ASN1Encodable value) {}

    private CertificateSpec(X500Name subject) {
        this.subject = subject;
    }

    /** A client certificate, valid from an hour before {@link ManualClock#START} until a day after, on a new P-256 key. */
    public static CertificateSpec client(String commonName, String... organizations) {
        return client(Subjects.user(commonName, organizations));
    }

    public static CertificateSpec client(X500Name subject) {
        return new CertificateSpec(subject).keyUsage(KeyUsage.digitalSignature).purposes(KeyPurposeId.id_kp_clientAuth);
    }

    /** An authority's certificate, valid for years: below it, leaves are made for any moment. */
    public static CertificateSpec authority(String commonName) {
        return new CertificateSpec(Subjects.user(commonName))
                .valid(ManualClock.START.minus(YEARS), ManualClock.START.plus(YEARS))
                .with(Extension.basicConstraints, true, new BasicConstraints(true))
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    /** Nothing but subject, key and validity. */
    public static CertificateSpec bare(String commonName) {
        return new CertificateSpec(Subjects.user(commonName));
    }

    public CertificateSpec valid(Instant notBefore, Instant notAfter) {
        from = notBefore;
        until = notAfter;
        return this;
    }

    public CertificateSpec on(KeyPair pair) {
        keys = pair;
        return this;
    }

    public CertificateSpec on(KeyKind kind) {
        return on(kind.pair("leaf"));
    }

    /** By its JCA name, whatever the authority would use. */
    public CertificateSpec signedWith(String algorithm) {
        signature = Optional.of(algorithm);
        return this;
    }

    public CertificateSpec purposes(KeyPurposeId... purposes) {
        return with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    public CertificateSpec keyUsage(int bits) {
        return with(Extension.keyUsage, true, new KeyUsage(bits));
    }

    public CertificateSpec pathLength(int most) {
        return with(Extension.basicConstraints, true, new BasicConstraints(most));
    }

    /** Alternative names of one kind, by {@link GeneralName}'s tags. */
    public CertificateSpec names(int kind, String... values) {
        var all = new ArrayList<GeneralName>();
        for (String value : values) {
            all.add(new GeneralName(kind, value));
        }
        return with(Extension.subjectAlternativeName, false, new GeneralNames(all.toArray(GeneralName[]::new)));
    }

    public CertificateSpec with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        extensions.put(oid.getId(), new ExtensionSpec(critical, value));
        return this;
    }

    public CertificateSpec without(ASN1ObjectIdentifier oid) {
        extensions.remove(oid.getId());
        return this;
    }

    public CertificateSpec withoutIdentifiers() {
        identifiers = false;
        return this;
    }

    X500Name subject() {
        return subject;
    }

    Map<String, ExtensionSpec> extensions() {
        return extensions;
    }

    List<Instant> validity() {
        return List.of(from, until);
    }

    KeyPair keys() {
        return keys;
    }

    Optional<String> signature() {
        return signature;
    }

    boolean hasIdentifiers() {
        return identifiers;
    }
}
