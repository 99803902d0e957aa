package dev.muster.crypto.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The one class that knows BouncyCastle, so that it is not loaded where nothing is issued. */
final class Issuing {

    /** From when until when. */
    record Window(Instant from, Instant until) {}

    private static final int SERIAL_BITS = 127;

    private final X509v3CertificateBuilder builder;
    private final JcaX509ExtensionUtils identifiers;

    private Issuing(X500Name issuer, X500Name subject, PublicKey key, Window window, SecureRandom random)
            throws NoSuchAlgorithmException {
        this.builder = new X509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                Date.from(window.from()),
                Date.from(window.until()),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        this.identifiers = new JcaX509ExtensionUtils();
    }

    static X509Certificate root(String commonName, KeyPair keys, Instant from, Instant until, SecureRandom random) {
        var name = name(commonName, List.of());
        return made(() -> {
            var making = new Issuing(name, name, keys.getPublic(), new Window(from, until), random);
            making.builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            making.builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
            making.identify(keys.getPublic());
            return making.sign(keys.getPrivate());
        });
    }

    static X509Certificate client(
            CertifiedKey authority,
            String commonName,
            List<String> groups,
            PublicKey key,
            Window window,
            SecureRandom random) {
        return made(() -> {
            var making = below(authority, name(commonName, groups), key, window, random);
            making.use(KeyPurposeId.id_kp_clientAuth);
            return making.sign(authority.key());
        });
    }

    static X509Certificate serving(
            CertifiedKey authority,
            String commonName,
            List<String> names,
            PublicKey key,
            Window window,
            SecureRandom random) {
        return made(() -> {
            var making = below(authority, name(commonName, List.of()), key, window, random);
            making.use(KeyPurposeId.id_kp_serverAuth);
            making.builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(names.stream().map(Issuing::generalName).toArray(GeneralName[]::new)));
            return making.sign(authority.key());
        });
    }

    /**
     * What a request asks for, in the form of Kubernetes' own signers: the subject as it stands in the request, no subject key
     * identifier, and the authority's own identifier for its key.
     */
    static X509Certificate requested(
            CertifiedKey authority,
            CertificateRequest request,
            Collection<KeyUse> uses,
            Window window,
            SecureRandom random) {
        return made(() -> {
            var issuer = X500Name.getInstance(
                    authority.certificate().getSubjectX500Principal().getEncoded());
            var subject = X500Name.getInstance(request.subjectDer());
            var making = new Issuing(issuer, subject, request.key(), window, random);
            making.use(uses);
            making.builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            byte[] identifier = authority.certificate().getExtensionValue(Extension.subjectKeyIdentifier.getId());
            if (identifier != null) {
                var key = SubjectKeyIdentifier.getInstance(
                        ASN1OctetString.getInstance(identifier).getOctets());
                making.builder.addExtension(
                        Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(key.getKeyIdentifier()));
            }
            if (!request.names().isEmpty()) {
                // RFC 5280 section 4.1.2.6: critical when the subject names nobody.
                making.builder.addExtension(
                        Extension.subjectAlternativeName, subject.size() == 0, generalNames(request.names()));
            }
            return making.sign(authority.key());
        });
    }

    private void use(Collection<KeyUse> uses) throws IOException {
        int bits = KeyUse.bits(uses);
        if (bits != 0) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
        }
        var purposes = KeyUse.purposes(uses).stream()
                .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                .toArray(KeyPurposeId[]::new);
        if (purposes.length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
    }

    private static GeneralNames generalNames(AlternativeNames names) {
        var all = new ArrayList<GeneralName>();
        names.dns().forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
        names.emails().forEach(name -> all.add(new GeneralName(GeneralName.rfc822Name, name)));
        names.ips().forEach(name -> all.add(new GeneralName(GeneralName.iPAddress, name)));
        names.uris().forEach(name -> all.add(new GeneralName(GeneralName.uniformResourceIdentifier, name)));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    private static Issuing below(
            CertifiedKey authority, X500Name subject, PublicKey key, Window window, SecureRandom random)
            throws NoSuchAlgorithmException, IOException {
        var issuer = X500Name.getInstance(
                authority.certificate().getSubjectX500Principal().getEncoded());
        var making = new Issuing(issuer, subject, key, window, random);
        making.identify(key);
        making.builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                making.identifiers.createAuthorityKeyIdentifier(
                        authority.certificate().getPublicKey()));
        return making;
    }

    private void identify(PublicKey key) throws IOException {
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
    }

    private void use(KeyPurposeId purpose) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private X509Certificate sign(PrivateKey key) throws OperatorCreationException, CertificateException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "RSASSA-PSS" -> "SHA256withRSAandMGF1";
            default -> "Ed25519";
        };
        var signer = new JcaContentSignerBuilder(algorithm);
        if (algorithm.endsWith("MGF1")) {
            // The JDK's own RSASSA-PSS has a name that the builder does not ask for.
            signer.setProvider(new BouncyCastleProvider());
        }
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer.build(key)));
    }

    private static X500Name name(String commonName, List<String> organizations) {
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        organizations.forEach(group -> name.addRDN(BCStyle.O, group));
        return name.addRDN(BCStyle.CN, commonName).build();
    }

    private static GeneralName generalName(String name) {
        boolean address = name.indexOf(':') >= 0 || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    @FunctionalInterface
    private interface Making {
        X509Certificate make()
                throws IOException, NoSuchAlgorithmException, OperatorCreationException, CertificateException;
    }

    private static X509Certificate made(Making making) {
        try {
            return making.make();
        } catch (IOException | NoSuchAlgorithmException | OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }
}
