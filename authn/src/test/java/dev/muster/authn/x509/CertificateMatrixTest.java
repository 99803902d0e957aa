package dev.muster.authn.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import dev.muster.crypto.provider.FastProvider;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.certs.CertificateCase;
import dev.muster.testkit.certs.CertificateMatrix;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every odd certificate, judged; by the JDK's arithmetic, by the fast provider's, and by openssl. */
class CertificateMatrixTest {

    private static final List<CertificateCase> CASES = CertificateMatrix.cases();

    private final ManualClock clock = new ManualClock();

    static List<CertificateCase> cases() {
        return CASES;
    }

    @Test
    void theMatrixHasAllItsCases() {
        assertThat(CASES)
                .extracting(CertificateCase::name)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(70);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedAsKubernetesJudgesIt(CertificateCase c) {
        judge(c, Signatures.jdk());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedTheSameByTheFastProvider(CertificateCase c) {
        assertThat(FastProvider.awaitLoaded())
                .as("the fast provider fits this machine")
                .isPresent();
        judge(c, new Signatures(FastProvider::ifLoaded));
    }

    private void judge(CertificateCase c, Signatures signatures) {
        TrustBundle bundle = TestCa.bundle(c.roots().toArray(X509Certificate[]::new));
        var authenticator = new X509Authenticator(
                () -> bundle, new ClientChainVerifier(clock, new SignatureCheck(signatures)), clock);
        var presented = Presented.certificate(c.presented().chain().toArray(X509Certificate[]::new));

        var outcome = authenticator.authenticate(presented).then(o -> o);
        if (outcome instanceof Outcome.Elsewhere elsewhere) {
            outcome = elsewhere.ask().get();
        }

        if (c.refused().isEmpty()) {
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                assertThat(accepted.user().name()).isEqualTo("alice");
                assertThat(accepted.user().groups()).containsExactly("dev");
            });
        } else {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .isEqualTo(c.refused().get()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedTheSameByOpensslUnlessTheCaseSaysWhyNot(CertificateCase c) {
        boolean same = Openssl.accepts(c, ManualClock.START) == c.refused().isEmpty();
        assertThat(same)
                .as(c.openssl().map(why -> "differs, since " + why).orElse("agrees"))
                .isEqualTo(c.openssl().isEmpty());
    }
}
