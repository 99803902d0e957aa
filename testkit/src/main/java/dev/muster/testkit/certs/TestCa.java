package dev.muster.testkit.certs;

import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.testkit.clock.ManualClock;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A throw-away authority that signs whatever it is told, however odd. */
public final class TestCa {

    private static final AtomicLong SERIALS = new AtomicLong(1000);
    private static final Duration LONG = Duration.ofDays(3650);

    private final CertifiedKey self;
    private final X500Name name;
    private final KeyKind kind;

    private TestCa(CertifiedKey self, KeyKind kind) {
        this.self = self;
        this.name = X500Name.getInstance(
                self.certificate().getSubjectX500Principal().getEncoded());
        this.kind = kind;
    }

    /** A self-signed root on a new P-256 key. */
    public static TestCa root(String commonName) {
        return root(commonName, KeyKind.P256);
    }

    public static TestCa root(String commonName, KeyKind kind) {
        var keys = kind == KeyKind.RSA_4096 ? kind.pair("leaf") : kind.newPair();
        return selfSigned(CertificateSpec.authority(commonName).on(keys), kind);
    }

    /** A self-signed root as odd as the specification says; on the specification's key, which is of this kind. */
    public static TestCa selfSigned(CertificateSpec spec, KeyKind kind) {
        longLived(spec);
        var certificate = make(spec, spec.subject(), spec.keys(), kind);
        return new TestCa(new CertifiedKey(List.of(certificate), spec.keys().getPrivate()), kind);
    }

    /** An authority below this one, on a new P-256 key. */
    public TestCa intermediate(String commonName) {
        return intermediate(CertificateSpec.authority(commonName));
    }

    /** An authority below this one, as odd as the specification says; its key must be P-256. */
    public TestCa intermediate(CertificateSpec spec) {
        return new TestCa(issue(spec), KeyKind.P256);
    }

    /** A self-signed root of X.509 version 1, which has no extensions, on a new P-256 key. */
    public static TestCa versionOneRoot(String commonName) {
        var keys = KeyKind.P256.newPair();
        return versionOne(Subjects.user(commonName), Subjects.user(commonName), keys, keys.getPrivate());
    }

    /** A version 1 certificate below this authority, used as if it were one itself. */
    public TestCa versionOneIntermediate(String commonName) {
        return versionOne(name, Subjects.user(commonName), KeyKind.P256.newPair(), self.key());
    }

    private static TestCa versionOne(X500Name issuer, X500Name subject, KeyPair keys, PrivateKey signer) {
        try {
            var builder = new X509v1CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIALS.incrementAndGet()),
                    Date.from(ManualClock.START.minus(LONG)),
                    Date.from(ManualClock.START.plus(LONG)),
                    subject,
                    SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
            var made = builder.build(new JcaContentSignerBuilder(KeyKind.P256.signature()).build(signer));
            return new TestCa(
                    new CertifiedKey(List.of(Pem.certificate(made.getEncoded())), keys.getPrivate()), KeyKind.P256);
        } catch (IOException | OperatorCreationException | MalformedPem e) {
            throw new IllegalStateException("a test certificate could not be made", e);
        }
    }

    /** Any certificate and key in the place of an authority, whether it may sign or not. */
    public static TestCa signingAs(CertifiedKey who, KeyKind kind) {
        return new TestCa(who, kind);
    }

    /** Signs; the chain of the answer is the new certificate alone. */
    public CertifiedKey issue(CertificateSpec spec) {
        var certificate = make(spec, name, new KeyPair(certificate().getPublicKey(), self.key()), kind);
        return new CertifiedKey(List.of(certificate), spec.keys().getPrivate());
    }

    /** A client certificate with nothing odd. */
    public CertifiedKey client(String commonName, String... organizations) {
        return issue(CertificateSpec.client(commonName, organizations));
    }

    public X509Certificate certificate() {
        return self.certificate();
    }

    public CertifiedKey certified() {
        return self;
    }

    /** A bundle of this authority alone. */
    public TrustBundle bundle() {
        return bundle(certificate());
    }

    public static TrustBundle bundle(X509Certificate... roots) {
        try {
            return TrustBundle.of(List.of(roots));
        } catch (MalformedPem e) {
            throw new AssertionError("a test's own certificate cannot be read", e);
        }
    }

    private static void longLived(CertificateSpec spec) {
        var untouched = CertificateSpec.bare("").validity();
        if (spec.validity().equals(untouched)) {
            spec.valid(ManualClock.START.minus(LONG), ManualClock.START.plus(LONG));
        }
    }

    private static X509Certificate make(CertificateSpec spec, X500Name issuer, KeyPair signer, KeyKind kind) {
        try {
            var builder = new X509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIALS.incrementAndGet()),
                    Date.from(spec.validity().getFirst()),
                    Date.from(spec.validity().getLast()),
                    spec.subject(),
                    SubjectPublicKeyInfo.getInstance(spec.keys().getPublic().getEncoded()));
            for (var extension : spec.extensions().entrySet()) {
                builder.addExtension(
                        new ASN1ObjectIdentifier(extension.getKey()),
                        extension.getValue().critical(),
                        extension.getValue().value());
            }
            if (spec.hasIdentifiers()) {
                var utils = new JcaX509ExtensionUtils();
                builder.addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        utils.createSubjectKeyIdentifier(spec.keys().getPublic()));
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        utils.createAuthorityKeyIdentifier(signer.getPublic()));
            }
            String algorithm = spec.signature().orElse(kind.signature());
            return Pem.certificate(sign(builder, algorithm, signer.getPrivate()));
        } catch (IOException | NoSuchAlgorithmException | OperatorCreationException | MalformedPem e) {
            throw new IllegalStateException("a test certificate could not be made", e);
        }
    }

    private static byte[] sign(X509v3CertificateBuilder builder, String algorithm, PrivateKey key)
            throws OperatorCreationException, IOException {
        var signer = new JcaContentSignerBuilder(algorithm);
        if (algorithm.endsWith("MGF1")) {
            signer.setProvider(new BouncyCastleProvider());
        }
        return builder.build(signer.build(key)).getEncoded();
    }
}
