package dev.muster.authn.request;

import static dev.muster.testkit.authn.AuthenticatorConformance.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authn.request.RequestAuthentication.AnonymousAccess;
import dev.muster.authn.tokenfile.TokenFile;
import dev.muster.authn.x509.X509Authenticator;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.KeyKind;
import dev.muster.testkit.certs.Subjects;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole chain: what Kubernetes makes of several credentials at once. */
class RequestAuthenticationTest {

    private static final String JANES = "31ada4fd-adec-460c-809a-9e56ceb75269";
    private static final Secret DOWN = Secret.of("down");
    private static final TestCa CA = TestCa.root("ca");
    private static final ManualClock CLOCK = new ManualClock();

    private static final X509Certificate JOHN = CA.client("john", "admins").certificate();
    private static final X509Certificate EXPIRED = CA.issue(CertificateSpec.client("late")
                    .valid(ManualClock.START.minus(Duration.ofDays(2)), ManualClock.START.minus(Duration.ofDays(1))))
            .certificate();
    private static final X509Certificate STRANGER =
            TestCa.root("other").client("john").certificate();
    private static final X509Certificate NAMELESS = CA.issue(CertificateSpec.client(
                    Subjects.empty().add(Subjects.O, "admins").build()))
            .certificate();

    private static final TokenAuthenticator DIRECTORY = (token, _) -> token.equals(DOWN)
            ? new Outcome.Elsewhere(() -> new Outcome.Unavailable("directory", new RuntimeException("no answer")))
            : Outcome.NOT_MINE;

    private static TokenFile tokenFile() {
        try {
            return TokenFile.parse(
                    (JANES + ",jane,7,\"developers,users\"").getBytes(StandardCharsets.UTF_8), new SecureRandom());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static RequestAuthentication whole(Audiences audiences, AnonymousAccess anonymous) {
        var verifier = new ClientChainVerifier(CLOCK, new SignatureCheck(Signatures.jdk()));
        var bundle = CA.bundle();
        return RequestAuthentication.of(new RequestAuthentication.Parts(
                Optional.of(new X509Authenticator(() -> bundle, verifier, CLOCK)),
                List.of(tokenFile()),
                List.of(DIRECTORY),
                audiences,
                anonymous));
    }

    private final Authenticator requests =
            whole(Audiences.UNSPECIFIED, new AnonymousAccess.Everywhere()).requests();

    /** What is presented, and who or why not. */
    record Case(String what, Presented presented, String expected) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Case> combinations() {
        var good = Presented.bearer(JANES);
        var bad = Presented.bearer("wrong");
        var down = Presented.bearer(DOWN.reveal());
        return List.of(
                new Case("nothing", Presented.NOTHING, "system:anonymous"),
                new Case("good token", good, "jane"),
                new Case("good certificate", Presented.certificate(JOHN), "john"),
                new Case("both good: the certificate comes first", with(good, JOHN), "john"),
                new Case("bad token + good certificate", with(bad, JOHN), "john"),
                new Case("expired certificate + good token", with(good, EXPIRED), "jane"),
                new Case("stranger's certificate + good token", with(good, STRANGER), "jane"),
                new Case("nameless certificate + good token", with(good, NAMELESS), "jane"),
                new Case("bad token", bad, "refused UNKNOWN"),
                new Case("expired certificate", Presented.certificate(EXPIRED), "refused EXPIRED"),
                new Case("stranger's certificate", Presented.certificate(STRANGER), "refused UNTRUSTED"),
                new Case("expired certificate + bad token", with(bad, EXPIRED), "refused EXPIRED"),
                new Case("nameless certificate", Presented.certificate(NAMELESS), "system:anonymous"),
                new Case("nameless certificate + bad token", with(bad, NAMELESS), "refused UNKNOWN"),
                new Case("outage", down, "unavailable"),
                new Case("outage + bad certificate", with(down, EXPIRED), "unavailable"),
                new Case("outage + good certificate", with(down, JOHN), "john"),
                new Case("Basic", header("Basic dXNlcjpwYXNz"), "system:anonymous"),
                new Case("Negotiate", header("Negotiate YII"), "system:anonymous"),
                new Case("Bearer without a token", header("Bearer"), "system:anonymous"),
                new Case("token after two spaces", header("Bearer  " + JANES), "system:anonymous"),
                new Case("token in the query", Presented.NOTHING.at("/api?access_token=" + JANES), "system:anonymous"),
                new Case(
                        "front proxy's headers without a front proxy",
                        Presented.NOTHING.with("X-Remote-User", "admin").with("X-Remote-Group", "system:masters"),
                        "system:anonymous"),
                new Case(
                        "certificate in a header",
                        Presented.NOTHING.with("X-Client-Cert", "CN=admin,O=system:masters"),
                        "system:anonymous"));
    }

    private static Presented with(Presented presented, X509Certificate certificate) {
        return presented.with(new PeerChain(List.of(certificate)));
    }

    private static Presented header(String authorization) {
        return Presented.NOTHING.with("Authorization", authorization);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void ofSeveralCredentialsOneGoodOneIsEnoughAndABadOneIsNeverAnonymous(Case c) {
        assertThat(say(settled(requests.authenticate(c.presented())))).isEqualTo(c.expected());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void withoutAnonymousWhatWasAnonymousIsNobody(Case c) {
        var strict = whole(Audiences.UNSPECIFIED, new AnonymousAccess.Off()).requests();
        assertThat(say(settled(strict.authenticate(c.presented()))))
                .isEqualTo(c.expected().equals("system:anonymous") ? "not mine" : c.expected());
    }

    private static String say(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> accepted.user().name();
            case Outcome.Refused refused -> "refused " + refused.reason();
            case Outcome.Unavailable _ -> "unavailable";
            case Outcome.NotMine _ -> "not mine";
            case Outcome.Elsewhere _ -> "elsewhere again";
        };
    }

    @Test
    void everybodyAuthenticatedIsInTheGroupOfAllWhoAre() {
        assertThat(groups(Presented.certificate(JOHN))).containsExactly("admins", "system:authenticated");
        assertThat(groups(Presented.bearer(JANES))).containsExactly("developers", "users", "system:authenticated");
        assertThat(groups(Presented.NOTHING)).containsExactly("system:unauthenticated");
    }

    private List<String> groups(Presented presented) {
        return ((Outcome.Accepted) settled(requests.authenticate(presented)))
                .user()
                .groups();
    }

    @Test
    void whoeverPutTwoSpacesBeforeTheTokenIsTold() {
        assertThat(requests.authenticate(header("Bearer  " + JANES)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.warnings())
                                .singleElement()
                                .asString()
                                .contains("extra space"));
    }

    @Test
    void anonymousMayBeForSomePathsOnly() {
        var health = whole(Audiences.UNSPECIFIED, new AnonymousAccess.On(Set.of("/healthz")))
                .requests();
        assertThat(say(health.authenticate(Presented.NOTHING.at("/healthz")))).isEqualTo("system:anonymous");
        assertThat(say(health.authenticate(Presented.NOTHING.at("/version")))).isEqualTo("not mine");
        assertThat(say(health.authenticate(Presented.bearer("wrong").at("/healthz"))))
                .isEqualTo("refused UNKNOWN");
    }

    @Test
    void certificatesAndFileTokensAreForTheServersOwnAudiencesOnly() {
        var ours = whole(Audiences.of("api"), new AnonymousAccess.Off()).requests();
        assertThat(ours.authenticate(Presented.bearer(JANES).wanting("api")))
                .extracting("audiences")
                .isEqualTo(Audiences.of("api"));
        assertThat(say(settled(ours.authenticate(Presented.bearer(JANES).wanting("vault")))))
                .isEqualTo("refused UNKNOWN");
        assertThat(say(ours.authenticate(Presented.certificate(JOHN).wanting("vault"))))
                .isEqualTo("not mine");
    }

    @Test
    void withoutAnyAuthenticatorATokenIsRefusedAndNeverAnonymous() {
        var none = RequestAuthentication.of(new RequestAuthentication.Parts(
                Optional.empty(), List.of(), List.of(), Audiences.UNSPECIFIED, new AnonymousAccess.Everywhere()));
        assertThat(say(none.requests().authenticate(Presented.bearer("t")))).isEqualTo("refused UNKNOWN");
        assertThat(say(none.requests().authenticate(Presented.NOTHING))).isEqualTo("system:anonymous");
    }

    private final TokenAuthenticator reviews =
            whole(Audiences.of("api"), new AnonymousAccess.Everywhere()).tokens();

    @Test
    void aReviewedTokenIsJudgedAsInARequest() {
        assertThat(reviews.authenticate(Secret.of(JANES), Audiences.of("api")))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.user())
                                .isEqualTo(new User(
                                        "jane",
                                        "7",
                                        List.of("developers", "users", "system:authenticated"),
                                        Map.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "   ",
                "\t",
                "\n",
                "\u00a0",
                "\u2003",
                "wrong",
                JANES + " ",
                " " + JANES,
                JANES + " junk",
                JANES + "\n"
            })
    void aTokenOfSpacesOrWithSpacesIsNobodysAndNeverAnonymous(String token) {
        assertThat(settled(reviews.authenticate(Secret.of(token), Audiences.of("api"))))
                .isEqualTo(Outcome.refused(Reason.UNKNOWN, "invalid bearer token"));
    }

    @Test
    void aReviewForAnotherAudienceIsRefused() {
        assertThat(say(settled(reviews.authenticate(Secret.of(JANES), Audiences.of("vault")))))
                .isEqualTo("refused UNKNOWN");
    }

    /** The whole chain behaves as an authenticator should. */
    @Nested
    class Conformance extends AuthenticatorConformance {

        @Override
        protected Authenticator authenticator() {
            return requests;
        }

        @Override
        protected Presented good() {
            return Presented.bearer(JANES);
        }

        @Override
        protected List<String> secrets() {
            return List.of(JANES);
        }

        @Override
        protected Outcome toNothing() {
            return Outcome.accepted(User.anonymous());
        }

        @Override
        protected boolean mayAccept(Outcome.Accepted accepted) {
            return accepted.user().equals(User.anonymous());
        }
    }

    /** So does that of certificates, on a connection that is good. */
    @Nested
    class CertificateConformance extends AuthenticatorConformance {

        private final X509Authenticator x509 = new X509Authenticator(
                CA::bundle, new ClientChainVerifier(CLOCK, new SignatureCheck(Signatures.jdk())), CLOCK);
        private final Presented john = Presented.certificate(JOHN);

        @Override
        protected Authenticator authenticator() {
            return x509;
        }

        @Override
        protected Presented good() {
            return john;
        }

        @Override
        protected List<String> secrets() {
            return List.of(KeyKind.P256.pair("leaf").getPrivate().toString());
        }
    }
}
