package dev.muster.apiserver.review;

import static dev.muster.apiserver.review.ReviewTesting.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.StatusException;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Heard;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.Trail;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose token is this? */
class TokenReviewsTest {

    private static final User JANE =
            new User("jane", "7", List.of("developers", User.AUTHENTICATED), Map.of("scopes", List.of("a", "b")));
    private final List<Audiences> wantedSeen = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Outcome next = Outcome.accepted(JANE);

    private ObjectNode review(Audiences ours, String spec) {
        TokenAuthenticator tokens = (token, wanted) -> {
            wantedSeen.add(wanted);
            return token.equals(Secret.of("good")) ? next : Outcome.NOT_MINE;
        };
        var reviews = new TokenReviews(
                ReviewTesting.type("authentication.k8s.io", "TokenReview"),
                tokens,
                ours,
                (_, said, heard) -> told.add(said + heard));
        return ReviewTesting.ask(
                reviews,
                User.of("asker"),
                "/apis/authentication.k8s.io/v1/tokenreviews",
                "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenReview','spec':" + spec + "}");
    }

    private ObjectNode status(Audiences ours, String spec) {
        return (ObjectNode) review(ours, spec).path("status");
    }

    @Test
    void aKnownTokenTellsItsOwnerAndTheWholeReviewComesBack() {
        assertThat(review(Audiences.UNSPECIFIED, "{'token':'good'}"))
                .isEqualTo(json("{'apiVersion':'authentication.k8s.io/v1','kind':'TokenReview','spec':{'token':'good'},"
                        + "'status':{'authenticated':true,'user':{'username':'jane','uid':'7',"
                        + "'groups':['developers','system:authenticated'],'extra':{'scopes':['a','b']}}}}"));
    }

    @Test
    void operatorsAreToldOfEachTokenThatIsNobodys() {
        status(Audiences.UNSPECIFIED, "{'token':'other'}");
        status(Audiences.UNSPECIFIED, "{'token':'two words'}");
        next = new Outcome.Refused(
                Reason.EXPIRED, "a day ago", Trail.of(new Heard("oidc", Heard.Answer.REFUSED, "EXPIRED: a day ago")));
        status(Audiences.UNSPECIFIED, "{'token':'good'}");
        next = new Outcome.Unavailable("directory", null);
        status(Audiences.UNSPECIFIED, "{'token':'good'}");
        next = new Outcome.Accepted(JANE, Audiences.of("vault"), List.of());
        status(Audiences.UNSPECIFIED, "{'token':'good','audiences':['a']}");
        assertThat(told)
                .containsExactly(
                        "nobody knows the token[]",
                        "the token is not one word[]",
                        "EXPIRED: a day ago[Heard[authenticator=oidc, answer=REFUSED, detail=EXPIRED: a day ago]]",
                        "unavailable: directory[]",
                        "the token is for [vault], not for [a][]");
        told.clear();
        next = Outcome.accepted(JANE);
        status(Audiences.UNSPECIFIED, "{'token':'good'}");
        assertThat(told).isEmpty();
    }

    @Test
    void anUnknownTokenIsAnAnswerNotAnError() {
        assertThat(status(Audiences.UNSPECIFIED, "{'token':'other'}"))
                .isEqualTo(json("{'authenticated':false,'user':{},'error':'invalid bearer token'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'token':''}", "{'audiences':['a']}"})
    void row29AReviewWithoutATokenIsABadRequest(String spec) {
        assertThatThrownBy(() -> review(Audiences.UNSPECIFIED, spec))
                .isInstanceOfSatisfying(StatusException.class, e -> {
                    assertThat(e.status().code()).isEqualTo(400);
                    assertThat(e.status().message()).isEqualTo("token is required for TokenReview in authentication");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "  ", "\\t", "\\n", "\\u00a0", "\\u2003", "\\u0000"})
    void aTokenOfWhiteSpaceIsNobodys(String token) {
        assertThat(status(Audiences.UNSPECIFIED, "{'token':'" + token + "'}")
                        .path("authenticated")
                        .asBoolean(true))
                .isFalse();
        assertThat(wantedSeen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"good junk", " good", "good ", "good\\n", "good\\tx"})
    void aTokenWithASpaceInItIsNotCutAndReviewedInPart(String token) {
        assertThat(status(Audiences.UNSPECIFIED, "{'token':'" + token + "'}"))
                .isEqualTo(json("{'authenticated':false,'user':{},'error':'invalid bearer token'}"));
    }

    @Test
    void theAudiencesAskedForReachTheAuthenticatorOtherwiseOurs() {
        status(Audiences.of("kubernetes"), "{'token':'good','audiences':['vault','b']}");
        status(Audiences.of("kubernetes"), "{'token':'good'}");
        assertThat(wantedSeen).containsExactly(Audiences.of("vault", "b"), Audiences.of("kubernetes"));
    }

    @Test
    void row30ATokenForAnotherAudienceIsNotAuthenticated() {
        next = new Outcome.Accepted(JANE, Audiences.of("kubernetes"), List.of());
        var status = status(Audiences.of("kubernetes"), "{'token':'good','audiences':['vault']}");
        assertThat(status.path("authenticated").asBoolean(true)).isFalse();
        assertThat(status.has("audiences")).isFalse();
        assertThat(status.path("user")).isEmpty();
    }

    @Test
    void anAuthenticatorThatKnowsNoAudiencesMeansOurs() {
        assertThat(status(Audiences.of("kubernetes"), "{'token':'good','audiences':['vault']}")
                        .path("authenticated"))
                .isEqualTo(json("{'x':false}").path("x"));
        assertThat(status(Audiences.UNSPECIFIED, "{'token':'good','audiences':['vault']}")
                        .path("authenticated"))
                .isEqualTo(json("{'x':false}").path("x"));
        assertThat(status(Audiences.of("a", "b"), "{'token':'good','audiences':['b','c']}")
                        .path("audiences"))
                .isEqualTo(json("{'x':['b']}").path("x"));
        assertThat(status(Audiences.of("a", "b"), "{'token':'good'}").path("audiences"))
                .isEqualTo(json("{'x':['a','b']}").path("x"));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aRefusalSaysItsReasonAndNeverItsDetail(Reason reason) {
        next = Outcome.refused(reason, "issuer https://internal.example said so");
        var status = status(Audiences.UNSPECIFIED, "{'token':'good'}");
        assertThat(status.path("authenticated").asBoolean(true)).isFalse();
        assertThat(status.path("error").asText())
                .contains("invalid bearer token")
                .doesNotContain("internal.example");
    }

    @Test
    void anOutageIsNotAuthenticatedAndSaysSo() {
        next = new Outcome.Unavailable("oidc", new IllegalStateException("10.0.0.7 refused"));
        assertThat(status(Audiences.UNSPECIFIED, "{'token':'good'}")
                        .path("error")
                        .asText())
                .isEqualTo("the token cannot be judged now: oidc is unavailable");
    }

    @Test
    void anAuthenticatorThatHasToWaitIsWaitedFor() {
        next = new Outcome.Elsewhere(() -> Outcome.accepted(JANE));
        assertThat(status(Audiences.UNSPECIFIED, "{'token':'good'}")
                        .path("authenticated")
                        .asBoolean())
                .isTrue();
    }
}
