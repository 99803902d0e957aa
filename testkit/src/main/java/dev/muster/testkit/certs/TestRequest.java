package dev.muster.testkit.certs;

import dev.muster.crypto.x509.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A certificate request, as odd as it is told to be. */
public final class TestRequest {

    private final X500Name subject;
    private final List<GeneralName> names = new ArrayList<>();
    private KeyPair keys = KeyKind.P256.newPair();
    private PrivateKey signer;
    private String algorithm = "SHA256withECDSA";
    private boolean authority;

    private TestRequest(X500Name subject) {
        this.subject = subject;
    }

    /** On a new P-256 key. */
    public static TestRequest of(X500Name subject) {
        return new TestRequest(subject);
    }

    /** With one organization for each group. */
    public static TestRequest of(String commonName, String... groups) {
        return new TestRequest(Subjects.user(commonName, groups));
    }

    public TestRequest on(KeyPair other, String signatureAlgorithm) {
        keys = other;
        algorithm = signatureAlgorithm;
        return this;
    }

    /** Signed by a key that is not the one in it. */
    public TestRequest signedBy(PrivateKey other) {
        signer = other;
        return this;
    }

    /** @param tag of {@link GeneralName} */
    public TestRequest alsoNamed(int tag, String name) {
        names.add(new GeneralName(tag, name));
        return this;
    }

    /** That asks to be an authority itself. */
    public TestRequest asAuthority() {
        authority = true;
        return this;
    }

    public KeyPair keys() {
        return keys;
    }

    public byte[] der() {
        try {
            var builder = new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic());
            var extensions = new ExtensionsGenerator();
            if (!names.isEmpty()) {
                extensions.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            if (authority) {
                extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            if (!extensions.isEmpty()) {
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
            }
            var key = signer == null ? keys.getPrivate() : signer;
            return builder.build(new JcaContentSignerBuilder(algorithm).build(key))
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    public String pem() {
        return Pem.block("CERTIFICATE REQUEST", der());
    }
}
