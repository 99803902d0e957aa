package dev.muster.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final CertificateAuthority ca =
            CertificateAuthority.create("muster-ca", Duration.ofDays(10), CLOCK, new SecureRandom());

    @Test
    void aClientCertificateNamesItsOwnerAndGroupsInOrder() throws Exception {
        var john = ca.issueClient("john", List.of("b", "a", "b"), Duration.ofDays(1))
                .certificate();
        var subject = DistinguishedName.ofSubject(john.getEncoded());
        assertThat(subject.attributes()).extracting(a -> a.text().orElseThrow()).containsExactly("b", "a", "b", "john");
        assertThat(john.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(john.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
        assertThat(john.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        john.verify(ca.certificate().getPublicKey());
    }

    @Test
    void nothingIsIssuedBeyondTheAuthoritysOwnEnd() {
        var john = ca.issueClient("john", List.of(), Duration.ofDays(100)).certificate();
        assertThat(john.getNotAfter()).isEqualTo(ca.certificate().getNotAfter());
    }

    @Test
    void aServingCertificateHasItsNamesAndAddresses() throws Exception {
        var serving = ca.issueServing("muster", List.of("localhost", "127.0.0.1", "::1"), Duration.ofDays(1));
        assertThat(serving.certificate().getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(serving.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThatThrownBy(() -> ca.issueServing("muster", List.of(), Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void serialNumbersAreLongAndNeverTheSame() {
        var seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            var serial = ca.issueClient("john", List.of(), Duration.ofDays(1))
                    .certificate()
                    .getSerialNumber();
            assertThat(serial.bitLength()).isEqualTo(127);
            assertThat(seen.add(serial)).isTrue();
        }
    }

    @Test
    void anAuthorityThatWasStoredGoesOn() throws Exception {
        var stored = new CertifiedKey(
                Pem.certificates(ca.certified().certificatePem().getBytes(StandardCharsets.UTF_8)),
                Pem.privateKey(ca.certified().keyPem().getBytes(StandardCharsets.UTF_8)));
        var again = CertificateAuthority.of(stored, CLOCK, new SecureRandom());
        again.issueClient("john", List.of(), Duration.ofDays(1))
                .certificate()
                .verify(ca.certificate().getPublicKey());
    }

    @Test
    void aLeafOrAnothersKeyMakesNoAuthority() {
        var john = ca.issueClient("john", List.of(), Duration.ofDays(1));
        assertThatThrownBy(() -> CertificateAuthority.of(john, CLOCK, new SecureRandom()))
                .hasMessage("the certificate is not one of an authority");
        assertThatThrownBy(() -> CertificateAuthority.of(
                        new CertifiedKey(List.of(ca.certificate()), john.key()), CLOCK, new SecureRandom()))
                .hasMessage("the private key is not the certificate's");
    }

    @Test
    void aKeyNeverPrintsItself() {
        assertThat(ca.certified().toString()).isEqualTo("CertifiedKey[CN=muster-ca]");
    }
}
