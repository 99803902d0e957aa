package dev.muster.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.crypto.provider.Signatures;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParsedCertificateTest {

    private static final CertificateAuthority CA =
            CertificateAuthority.create("ca", Duration.ofDays(1), InstantSource.system(), new SecureRandom());

    @Test
    void theJdkAndWeReadTheSameOutOfACertificate() throws Exception {
        var serving = CA.issueServing("localhost", List.of("localhost", "127.0.0.1", "::1"), Duration.ofHours(1));
        for (X509Certificate certificate : List.of(CA.certificate(), serving.certificate())) {
            var parsed = ParsedCertificate.of(certificate);
            assertThat(parsed.signedPart()).isEqualTo(certificate.getTBSCertificate());
            assertThat(parsed.signature()).isEqualTo(certificate.getSignature());
            assertThat(parsed.version()).isEqualTo(certificate.getVersion());
            assertThat(parsed.subject())
                    .isEqualTo(certificate.getSubjectX500Principal().getEncoded());
            assertThat(parsed.issuer())
                    .isEqualTo(certificate.getIssuerX500Principal().getEncoded());
            assertThat(parsed.extensions().isAuthority()).isEqualTo(certificate.getBasicConstraints() >= 0);
            assertThat(parsed.identifier()).startsWith("SN=" + certificate.getSerialNumber() + ", SKID=");
        }
        assertThat(ParsedCertificate.of(serving.certificate()).extensions().names())
                .hasSize(3);
    }

    @Test
    void changedBytesAreReadOrRefusedAndNeverVerify() throws Exception {
        var random = new Random(5);
        var root = ParsedCertificate.of(CA.certificate());
        var good =
                CA.issueClient("john", List.of("admins"), Duration.ofHours(1)).certificate();
        var signatures = new SignatureCheck(Signatures.jdk());
        assertThat(signatures.problem(ParsedCertificate.of(good), root)).isEmpty();
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 6000 * Integer.getInteger("fuzz.times", 1); i++) {
            var changed = good.getEncoded();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                var parsed = ParsedCertificate.read(good, changed);
                read++;
                if (i % 20 == 0) {
                    assertThat(signatures.problem(parsed, root)).isPresent();
                }
            } catch (MalformedDer e) {
                refused++;
            }
        }
        assertThat(read).isGreaterThan(500);
        assertThat(refused).isGreaterThan(500);
    }
}
