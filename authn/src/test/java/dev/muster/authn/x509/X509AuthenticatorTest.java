package dev.muster.authn.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.crypto.x509.TrustBundle;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.clock.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class X509AuthenticatorTest {

    private final ManualClock clock = new ManualClock();
    private final CertificateAuthority ours =
            CertificateAuthority.create("ours", Duration.ofDays(365), clock, new SecureRandom());
    private final CertificateAuthority theirs =
            CertificateAuthority.create("theirs", Duration.ofDays(365), clock, new SecureRandom());
    private final AtomicReference<TrustBundle> bundle = new AtomicReference<>(trusting(ours));
    private final X509Authenticator authenticator = new X509Authenticator(
            bundle::get, new ClientChainVerifier(clock, new SignatureCheck(Signatures.jdk())), clock);

    @Test
    void theCommonNameIsTheUserAndEachOrganizationAGroupInOrder() {
        var john = ours.issueClient("john", List.of("o1", "admins", "o2"), Duration.ofDays(1));

        var outcome = authenticator.authenticate(Presented.certificate(john.certificate()));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.user().name()).isEqualTo("john");
            assertThat(accepted.user().groups()).containsExactly("o1", "admins", "o2");
            assertThat(accepted.user().extra().get("authentication.kubernetes.io/credential-id"))
                    .singleElement()
                    .asString()
                    .matches("X509SHA256=[0-9a-f]{64}");
        });
    }

    @Test
    void withoutACertificateOrWithoutABundleNothingIsMine() {
        var john = ours.issueClient("john", List.of(), Duration.ofDays(1));
        assertThat(authenticator.authenticate(Presented.NOTHING)).isEqualTo(Outcome.NOT_MINE);

        bundle.set(TrustBundle.EMPTY);
        assertThat(authenticator.authenticate(Presented.certificate(john.certificate())))
                .isEqualTo(Outcome.NOT_MINE);
    }

    @Test
    void aCertificateWithoutACommonNameIsNobodys() {
        var nameless = ours.issueClient("", List.of("admins"), Duration.ofDays(1));
        assertThat(authenticator.authenticate(Presented.certificate(nameless.certificate())))
                .isEqualTo(Outcome.NOT_MINE);
    }

    @Test
    void anothersCertificateIsRefusedAndTheLogNamesItByItsNumbers() {
        var mallory = theirs.issueClient("john", List.of("system:masters"), Duration.ofDays(1));

        var outcome = authenticator.authenticate(Presented.certificate(mallory.certificate()));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.UNTRUSTED);
            assertThat(refused.detailForLog())
                    .matches("verifying certificate SN=[0-9]+, SKID=[0-9A-F:]+, AKID=[0-9A-F:]+ failed: "
                            + "certificate signed by unknown authority");
        });
    }

    @Test
    void aServingCertificateIsNotAClients() {
        var serving = ours.issueServing("john", List.of("localhost"), Duration.ofDays(1));
        assertThat(authenticator.authenticate(Presented.certificate(serving.certificate())))
                .extracting("reason")
                .isEqualTo(Reason.WRONG_PURPOSE);
    }

    @Test
    void anOpenConnectionIsJudgedAnewWhenTheCertificateEnds() {
        var john = Presented.certificate(
                ours.issueClient("john", List.of(), Duration.ofHours(1)).certificate());
        assertThat(authenticator.authenticate(john)).isInstanceOf(Outcome.Accepted.class);

        clock.advance(Duration.ofHours(1));
        assertThat(authenticator.authenticate(john)).isInstanceOf(Outcome.Accepted.class);
        clock.advance(Duration.ofNanos(1));
        assertThat(authenticator.authenticate(john)).extracting("reason").isEqualTo(Reason.EXPIRED);
        clock.advance(Duration.ofMinutes(-1));
        assertThat(authenticator.authenticate(john)).isInstanceOf(Outcome.Accepted.class);
        clock.advance(Duration.ofHours(-2));
        assertThat(authenticator.authenticate(john)).extracting("reason").isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void anOpenConnectionIsJudgedAnewWhenTheBundleChanges() {
        var john = Presented.certificate(
                ours.issueClient("john", List.of(), Duration.ofHours(1)).certificate());
        var other = Presented.certificate(
                theirs.issueClient("other", List.of(), Duration.ofHours(1)).certificate());
        assertThat(authenticator.authenticate(john)).isInstanceOf(Outcome.Accepted.class);
        assertThat(authenticator.authenticate(other)).isInstanceOf(Outcome.Refused.class);

        bundle.set(trusting(theirs));
        assertThat(authenticator.authenticate(john)).isInstanceOf(Outcome.Refused.class);
        assertThat(authenticator.authenticate(other)).isInstanceOf(Outcome.Accepted.class);

        bundle.set(trusting(theirs).with(trusting(ours)));
        assertThat(authenticator.authenticate(john)).isInstanceOf(Outcome.Accepted.class);
        assertThat(authenticator.authenticate(other)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void theVerdictIsKeptWithTheConnection() {
        var john = Presented.certificate(
                ours.issueClient("john", List.of(), Duration.ofHours(1)).certificate());
        assertThat(authenticator.authenticate(john)).isSameAs(authenticator.authenticate(john));
    }

    @Test
    void describingSaysWhoWithoutJudging() {
        var mallory = theirs.issueClient("mallory", List.of("g"), Duration.ofDays(1));
        assertThat(X509Authenticator.describe(mallory.certificate()))
                .extracting("user.name")
                .isEqualTo("mallory");
    }

    private static TrustBundle trusting(CertificateAuthority authority) {
        try {
            return TrustBundle.of(List.of(authority.certificate()));
        } catch (MalformedPem e) {
            throw new AssertionError(e);
        }
    }
}
