package dev.muster.authn.revocable;

import static dev.muster.testkit.authn.AuthenticatorConformance.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authn.request.RequestAuthentication;
import dev.muster.authn.request.RequestAuthentication.AnonymousAccess;
import dev.muster.authn.x509.X509Authenticator;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.KeyKind;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole chain with what was taken back. */
class RevocableTest {

    private static final Instant NOW = ManualClock.START;
    private static final TestCa CA = TestCa.root("ca");
    private static final KeyPair JOHNS_KEY = KeyKind.P256.newPair();
    private static final CertifiedKey JOHN =
            CA.issue(CertificateSpec.client("john", "developers").on(JOHNS_KEY));
    private static final CertifiedKey RENEWED =
            CA.issue(CertificateSpec.client("john", "developers").on(JOHNS_KEY));
    private static final CertifiedKey REKEYED = CA.client("john", "developers");

    private final ManualClock clock = new ManualClock();
    private final Taken taken = new Taken();
    private Duration silence = Duration.ZERO;

    /** Tokens are {@code name/uid/jti}, issued now. */
    private static final TokenAuthenticator TOKENS = (token, _) -> {
        var parts = token.reveal().split("/", -1);
        if (parts.length != 3) {
            return Outcome.NOT_MINE;
        }
        var extra = Map.of(User.CREDENTIAL_ID, List.of("JTI=" + parts[2]));
        return new Outcome.Accepted(
                new User(parts[0], parts[1], List.of(), extra),
                Audiences.UNSPECIFIED,
                List.of(),
                Proof.ofToken(NOW, NOW.plusSeconds(3600)));
    };

    private static final TokenAuthenticator STATIC =
            (token, _) -> token.equals(Secret.of("static")) ? Outcome.accepted(User.of("john")) : Outcome.NOT_MINE;

    private static final TokenAuthenticator SLOW =
            (token, wanted) -> token.reveal().startsWith("slow/")
                    ? new Outcome.Elsewhere(
                            () -> TOKENS.authenticate(Secret.of(token.reveal().substring(5)), wanted))
                    : Outcome.NOT_MINE;

    private RequestAuthentication chain() {
        var bundle = CA.bundle();
        var verifier = new ClientChainVerifier(clock, new SignatureCheck(Signatures.jdk()));
        var heartbeat = new Heartbeat(
                () -> silence, Duration.ofSeconds(10), CA.certificate().getPublicKey());
        return RequestAuthentication.of(
                new RequestAuthentication.Parts(
                        Optional.of(new X509Authenticator(() -> bundle, verifier, clock)),
                        List.of(STATIC, SLOW, TOKENS),
                        List.of(),
                        Audiences.UNSPECIFIED,
                        new AnonymousAccess.Everywhere()),
                new Revocable(taken.revocations, heartbeat));
    }

    private Outcome of(Presented presented) {
        return settled(chain().requests().authenticate(presented));
    }

    private Outcome of(X509Certificate... presented) {
        return of(Presented.certificate(presented));
    }

    private static void isTakenBack(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.REVOKED));
    }

    private static void isAccepted(Outcome outcome, String name) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.user().name()).isEqualTo(name));
    }

    @Test
    void aCertificateIsTakenBackByIssuerAndSerialAlone() {
        isAccepted(of(JOHN.certificate()), "john");
        taken.certificate(
                "j", CA.certificate().getPublicKey(), JOHN.certificate().getSerialNumber());
        isTakenBack(of(JOHN.certificate()));
        isAccepted(of(RENEWED.certificate()), "john");
    }

    @Test
    void theSameSerialOfAnotherIssuerIsNotMeant() {
        taken.certificate(
                "j",
                TestCa.root("ca").certificate().getPublicKey(),
                JOHN.certificate().getSerialNumber());
        isAccepted(of(JOHN.certificate()), "john");
    }

    @Test
    void aRenewedCertificateOfTheSameKeyDoesNotSlipThrough() {
        taken.publicKey("j", JOHNS_KEY.getPublic());
        isTakenBack(of(JOHN.certificate()));
        isTakenBack(of(RENEWED.certificate()));
        isAccepted(of(REKEYED.certificate()), "john");
    }

    @Test
    void aSignatureWrittenInAnotherWayDoesNotSlipThrough() throws Exception {
        var other = Malleated.signatureOf(JOHN.certificate());
        assertThat(other.getEncoded()).isNotEqualTo(JOHN.certificate().getEncoded());
        isAccepted(of(other), "john");
        taken.certificate(
                "j", CA.certificate().getPublicKey(), JOHN.certificate().getSerialNumber());
        isTakenBack(of(other));
    }

    @Test
    void theIssuerIsTheAuthorityThatSignedNotTheRoot() {
        var below = CA.intermediate("below");
        var jane = below.client("jane");
        taken.certificate(
                "root", CA.certificate().getPublicKey(), jane.certificate().getSerialNumber());
        isAccepted(of(jane.certificate(), below.certificate()), "jane");
        taken.certificate(
                "below", below.certificate().getPublicKey(), jane.certificate().getSerialNumber());
        isTakenBack(of(jane.certificate(), below.certificate()));
    }

    @Test
    void anOpenConnectionIsRefusedAtItsNextRequestAndTakenAgainWhenTheRevocationGoes() {
        var connection = Presented.NOTHING.with(new PeerChain(List.of(JOHN.certificate())));
        isAccepted(of(connection), "john");
        var chain = chain().requests();
        isAccepted(settled(chain.authenticate(connection)), "john");
        taken.publicKey("j", JOHNS_KEY.getPublic());
        isTakenBack(settled(chain.authenticate(connection)));
        isTakenBack(settled(chain.authenticate(connection)));
        taken.delete("j");
        isAccepted(settled(chain.authenticate(connection)), "john");
    }

    @Test
    void whatWasTakenBackIsNeverAnonymous() {
        taken.token("t", "7");
        isTakenBack(of(Presented.bearer("jane/1/7")));
        isAccepted(of(Presented.NOTHING), User.ANONYMOUS);
    }

    @Test
    void aTokenIsTakenBackByItsId() {
        taken.token("t", "7");
        isTakenBack(of(Presented.bearer("jane/1/7")));
        isAccepted(of(Presented.bearer("jane/1/8")), "jane");
    }

    @Test
    void aTokenThatMustBeAskedForElsewhereIsLookedAtToo() {
        taken.token("t", "7");
        isTakenBack(of(Presented.bearer("slow/jane/1/7")));
        isAccepted(of(Presented.bearer("slow/jane/1/8")), "jane");
    }

    @Test
    void aReviewOfATokenSaysTheSame() {
        taken.token("t", "7");
        var reviews = chain().tokens();
        isTakenBack(settled(reviews.authenticate(Secret.of("jane/1/7"), Audiences.UNSPECIFIED)));
        isAccepted(settled(reviews.authenticate(Secret.of("jane/1/8"), Audiences.UNSPECIFIED)), "jane");
    }

    @Test
    void aPersonLosesEverythingIssuedBeforeTheMoment() {
        taken.person("p", "john", "", NOW.plusSeconds(1));
        isTakenBack(of(Presented.bearer("john/1/7")));
        isTakenBack(of(JOHN.certificate()));
        isAccepted(of(Presented.bearer("jane/1/7")), "jane");
        taken.person("p", "john", "", NOW);
        isAccepted(of(Presented.bearer("john/1/7")), "john");
    }

    @Test
    void whatDoesNotSayWhenItWasIssuedIsTakenBackWithItsPerson() {
        isAccepted(of(Presented.bearer("static")), "john");
        taken.person("p", "john", "", Instant.EPOCH);
        isTakenBack(of(Presented.bearer("static")));
    }

    @Test
    void aUidNarrowsAPersonDownButOnlyWhereTheCredentialHasOne() {
        taken.person("p", "john", "1", NOW.plusSeconds(1));
        isTakenBack(of(Presented.bearer("john/1/7")));
        isTakenBack(of(Presented.bearer("john//7")));
        isAccepted(of(Presented.bearer("john/2/7")), "john");
    }

    @Test
    void aServerThatDoesNotHearOfItsStoreVouchesForNobody() {
        silence = Duration.ofSeconds(10);
        isAccepted(of(JOHN.certificate()), "john");
        silence = Duration.ofSeconds(10).plusMillis(1);
        assertThat(of(JOHN.certificate())).isInstanceOf(Outcome.Unavailable.class);
        assertThat(of(Presented.bearer("john/1/7"))).isInstanceOf(Outcome.Unavailable.class);
        assertThat(of(Presented.bearer("slow/john/1/7"))).isInstanceOf(Outcome.Unavailable.class);
        assertThat(of(Presented.bearer("nonsense"))).isInstanceOf(Outcome.Refused.class);
        isAccepted(of(Presented.NOTHING), User.ANONYMOUS);
        silence = Duration.ofSeconds(-1);
        assertThat(of(JOHN.certificate())).isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void breakGlassWorksAllTheSameUnlessItWasTakenBack() {
        silence = Duration.ofDays(1);
        var glass = CA.client("break-glass:root", User.MASTERS);
        isAccepted(of(glass.certificate()), "break-glass:root");
        taken.publicKey("g", glass.certificate().getPublicKey());
        isTakenBack(of(glass.certificate()));
    }

    @Test
    void breakGlassIsOurOwnAuthoritysCertificateOfMastersWithThatName() {
        silence = Duration.ofDays(1);
        var below = CA.intermediate("below");
        var others = List.of(
                of(CA.client("break-glass:root", "system:nodes").certificate()),
                of(CA.client("root", User.MASTERS).certificate()),
                of(below.client("break-glass:root", User.MASTERS).certificate(), below.certificate()),
                of(Presented.bearer("break-glass:root//1")));
        assertThat(others).allMatch(outcome -> outcome instanceof Outcome.Unavailable);
    }

    @Test
    void whoOnlyAFrontProxyNamesSoIsNotBreakGlassEvenIfOurOwnAuthorityCertifiedTheProxy() {
        silence = Duration.ofDays(1);
        var proxy = CA.client("front-proxy");
        var proof = new Proof(Optional.empty(), Optional.empty(), List.of(proxy.certificate(), CA.certificate()));
        var named = new User("break-glass:root", "", List.of(User.MASTERS), Map.of());
        var revocable = new Revocable(
                taken.revocations,
                new Heartbeat(
                        () -> silence, Duration.ofSeconds(10), CA.certificate().getPublicKey()));
        assertThat(revocable
                        .requests(_ -> new Outcome.Accepted(named, Audiences.UNSPECIFIED, List.of(), proof))
                        .authenticate(Presented.NOTHING))
                .isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void aCertificatesUserWhoseChainWasLostOnTheWayIsRefusedOnceAnythingIsTakenBack() {
        taken.token("t", "7");
        var user = new User("john", "", List.of(), Map.of(User.CREDENTIAL_ID, List.of("X509SHA256=00")));
        var revocable = new Revocable(
                taken.revocations, new Heartbeat(() -> silence, Duration.ofSeconds(10), JOHNS_KEY.getPublic()));
        assertThat(revocable.requests(_ -> Outcome.accepted(user)).authenticate(Presented.NOTHING))
                .isInstanceOf(Outcome.Refused.class);
    }
}
