package dev.muster.testkit.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertificateRequest;
import dev.muster.crypto.x509.DistinguishedName;
import dev.muster.crypto.x509.KeyUse;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificate requests as they come from strangers, beside BouncyCastle's reading of them. */
class CertificateRequestTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static CertificateRequest parse(String pem) throws MalformedPem {
        return CertificateRequest.parse(pem.getBytes(StandardCharsets.UTF_8), Signatures.jdk());
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_1024", "RSA_2048", "P256", "P384", "P521", "ED25519"})
    void aRequestOnEveryUsualKeyIsRead(KeyKind kind) throws Exception {
        var made = TestRequest.of("john", "b", "a").on(kind.pair("csr"), kind.signature());
        var read = parse(made.pem());
        assertThat(read.commonName()).isEqualTo("john");
        assertThat(read.organizations()).containsExactly("b", "a");
        assertThat(read.key()).isEqualTo(made.keys().getPublic());
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_512", "ED448", "DSA"})
    void weakAndUnknownKeysAreRefused(KeyKind kind) {
        var made = TestRequest.of("john").on(kind.pair("csr"), kind.signature());
        assertThatThrownBy(() -> parse(made.pem()))
                .isInstanceOf(MalformedPem.class)
                .hasMessageContaining("it contains an");
    }

    @Test
    void theHolderOfAnotherKeyIsRefused() {
        var made = TestRequest.of("john").signedBy(KeyKind.P256.newPair().getPrivate());
        assertThatThrownBy(() -> parse(made.pem())).hasMessageContaining("the signature is not its key's");
    }

    @Test
    void sha1ProvesPossessionStillAsInKubernetes() throws Exception {
        var made = TestRequest.of("john").on(KeyKind.RSA_2048.pair("csr"), "SHA1withRSA");
        assertThat(parse(made.pem()).commonName()).isEqualTo("john");
        assertThatThrownBy(() -> parse(TestRequest.of("john")
                        .on(KeyKind.RSA_2048.pair("csr"), "MD5withRSA")
                        .pem()))
                .hasMessageContaining("MD5");
    }

    @Test
    void alternativeNamesAreReadByTheirKinds() throws Exception {
        var names = parse(TestRequest.of("x")
                        .alsoNamed(GeneralName.dNSName, "a.example")
                        .alsoNamed(GeneralName.iPAddress, "10.0.0.1")
                        .alsoNamed(GeneralName.iPAddress, "::1")
                        .alsoNamed(GeneralName.rfc822Name, "a@b.example")
                        .alsoNamed(GeneralName.uniformResourceIdentifier, "spiffe://a/b")
                        .alsoNamed(GeneralName.registeredID, "1.2.3")
                        .pem())
                .names();
        assertThat(names.dns()).containsExactly("a.example");
        assertThat(names.ips()).containsExactly("10.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(names.emails()).containsExactly("a@b.example");
        assertThat(names.uris()).containsExactly("spiffe://a/b");
    }

    /** A relative name of two common names: another order in the certificate would be another user. */
    @Test
    void theSubjectIsCertifiedAttributeByAttributeOrNotAtAll() throws Exception {
        var cn = new ASN1ObjectIdentifier(Subjects.CN);
        var rdn = new RDN(new AttributeTypeAndValue[] {
            new AttributeTypeAndValue(cn, new DERUTF8String("zed")),
            new AttributeTypeAndValue(cn, new DERUTF8String("al"))
        });
        var request = parse(TestRequest.of(new X500Name(new RDN[] {rdn})).pem());
        var ca = CertificateAuthority.create("ca", Duration.ofDays(10), InstantSource.fixed(NOW), new SecureRandom());
        var issued = ca.sign(request, List.of(KeyUse.CLIENT_AUTH), NOW, NOW.plusSeconds(600));
        assertThat(DistinguishedName.ofSubject(issued.getEncoded())).isEqualTo(request.subject());
    }

    @Test
    void anAuthorityThatHasExpiredSignsNothing() throws Exception {
        var ca = CertificateAuthority.create("ca", Duration.ofDays(10), InstantSource.fixed(NOW), new SecureRandom());
        var later = CertificateAuthority.of(
                ca.certified(), InstantSource.fixed(NOW.plus(Duration.ofDays(10))), new SecureRandom());
        var request = parse(TestRequest.of("x").pem());
        assertThatThrownBy(() -> later.sign(request, List.of(KeyUse.CLIENT_AUTH), NOW, NOW.plusSeconds(600)))
                .hasMessageContaining("the signer has expired");
    }

    /** Fuzz with a fixed seed: whatever we take, BouncyCastle reads with the same subject, and its signature is right. */
    @Test
    void whatIsBentIsRefusedOrMeansTheSameToOthers() throws Exception {
        var random = new Random(42);
        byte[] good = TestRequest.of("john", "developers")
                .alsoNamed(GeneralName.dNSName, "a.example")
                .der();
        int taken = 0;
        for (int i = 0; i < 4000 * Integer.getInteger("fuzz.times", 1); i++) {
            byte[] bent = good.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
            }
            CertificateRequest read;
            try {
                read = parse(Pem.block("CERTIFICATE REQUEST", bent));
            } catch (MalformedPem e) {
                continue;
            }
            taken++;
            var other = new PKCS10CertificationRequest(bent);
            assertThat(DistinguishedName.read(other.getSubject().getEncoded())).isEqualTo(read.subject());
        }
        assertThat(taken)
                .as("a signature bent in its own bytes may be right by luck only")
                .isLessThan(50);
    }

    @Test
    void whatBreaksOffIsRefused() {
        byte[] good = TestRequest.of("john").der();
        for (int length = 0; length < good.length; length++) {
            String pem = Pem.block("CERTIFICATE REQUEST", java.util.Arrays.copyOf(good, length));
            assertThatThrownBy(() -> parse(pem)).isInstanceOf(MalformedPem.class);
        }
    }
}
