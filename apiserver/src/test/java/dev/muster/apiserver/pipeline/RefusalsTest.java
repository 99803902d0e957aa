package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.request.RequestInfoParser;
import dev.muster.core.access.BindingLister;
import dev.muster.core.identity.Chain;
import dev.muster.core.identity.Heard;
import dev.muster.core.identity.Named;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.Trail;
import dev.muster.core.identity.User;
import dev.muster.http.serve.Query;
import dev.muster.http.serve.Response;
import dev.muster.testkit.http.FakeExchange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stories of refusals. */
class RefusalsTest {

    private final Front front = new Front();

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    @Test
    void theSameRefusalAgainKeepsItsIdAndIsCounted() {
        var first = front.get("/api/v1/pods", "nobody");
        var second = front.get("/api/v1/pods", "nobody");
        assertThat(second.responseHeader("warning")).isEqualTo(first.responseHeader("warning"));
        assertThat(front.refusals.all()).singleElement().satisfies(refusal -> {
            assertThat(refusal.seen().times()).isEqualTo(2);
            assertThat(refusal.caller().name()).isEqualTo("nobody");
            assertThat(refusal.asked().verb()).isEqualTo("list");
            assertThat(refusal.asked().auditId())
                    .isEqualTo(first.responseHeader("audit-id").getFirst());
            assertThat(refusal.said()).contains("cannot list resource \"pods\"");
        });
    }

    @Test
    void twoCausesOfTheSameAnswerAreTwoStories() {
        for (String detail : List.of("token id aaaaaa: expired", "token id aaaaaa: another secret")) {
            front.authenticator = _ -> new Outcome.Refused(
                    Reason.UNKNOWN,
                    "invalid bearer token",
                    Trail.of(new Heard("bootstrap tokens", Heard.Answer.NOT_MINE, detail)));
            front.get("/x", "bad");
            front.get("/x", "bad");
        }
        assertThat(front.refusals.all())
                .hasSize(2)
                .allMatch(story -> story.seen().times() == 2);
    }

    @Test
    void aClientThatGoesOnTryingAnExpiredCredentialFillsOnePlace() {
        for (int second = 10; second < 60; second++) {
            String said =
                    "token is expired (exp 2026-01-02T03:04:05Z, " + second + "s ago); current time 2026-01-02T03:04:"
                            + second + "Z is after; keys fetched " + second + " s ago";
            front.authenticator = _ ->
                    new Outcome.Refused(Reason.EXPIRED, said, Trail.of(new Heard("oidc", Heard.Answer.REFUSED, said)));
            front.get("/x", "bad");
        }
        assertThat(front.refusals.all())
                .singleElement()
                .satisfies(story -> assertThat(story.seen().times()).isEqualTo(50));
    }

    @Test
    void aFloodFillsTheRingAndNoMore() {
        var pipeline = front.pipeline();
        for (int i = 0; i < 1000; i++) {
            pipeline.handle(FakeExchange.get("/path" + i));
        }
        assertThat(front.refusals.all()).hasSize(16);
        assertThat(front.refusals.all().getLast().asked().path()).isEqualTo("/path999");
    }

    @Test
    void longNamesAndPathsAreCut() {
        front.get("/" + "long/".repeat(1000), "nobody");
        assertThat(front.refusals.all().getFirst().asked().path()).hasSizeLessThan(600);
    }

    @Test
    void clientsAreToldNothingWhereThatIsSwitchedOff() {
        var silent = new Refusals(4, false, InstantSource.fixed(Instant.EPOCH), new Random(1));
        var exchange = FakeExchange.get("/x");
        var turn = new Turn(exchange, new Filter[0], null, (_, _) -> {});
        turn.info(RequestInfoParser.parse("GET", "/x", Query.EMPTY));
        silent.tell(turn, Story.unknownCaller("story", List.of()));
        turn.respond(Response.empty(401));
        assertThat(exchange.responseHeader("warning")).isEmpty();
        assertThat(silent.all()).hasSize(1);
    }

    @Test
    void theStoryOfAForbiddenRequestNamesGroupsAndBindings() {
        front.bindings = (user, namespace) -> List.of(new BindingLister.Bound(
                "RoleBinding", namespace, "b of " + user.name(), "Role/r", "User/" + user.name()));
        front.get("/apis/rbac.authorization.k8s.io/v1/namespaces/dev/roles/admin", "nobody");
        assertThat(front.refusals.all()).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(403);
            assertThat(refusal.asked().what()).isEqualTo("roles.rbac.authorization.k8s.io admin");
            assertThat(refusal.asked().namespace()).isEqualTo("dev");
            assertThat(refusal.caller().groups()).containsExactly("system:authenticated");
            assertThat(refusal.bindings()).extracting(BindingLister.Bound::name).containsExactly("b of nobody");
            assertThat(refusal.bindings().getFirst().namespace()).isEqualTo("dev");
        });
    }

    @Test
    void theStoryOfAnUnknownCallerNamesEachAuthenticatorAndMasksWhatLooksLikeACredential() {
        String token = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiJ4In0.c2ln";
        var none = Named.of("certificate", "none was presented", _ -> Outcome.NOT_MINE);
        var bad = Named.of("tokens", "none", _ -> Outcome.refused(Reason.EXPIRED, token + " is too old"));
        front.authenticator = Chain.of(List.of(none, bad));
        front.get("/api/v1/pods", token);
        assertThat(front.refusals.all().getFirst().heard())
                .containsExactly(
                        new Heard("certificate", Heard.Answer.NOT_MINE, "none was presented"),
                        new Heard("tokens", Heard.Answer.REFUSED, "EXPIRED: [scrubbed] is too old"));
    }

    @Test
    void groupsAndBindingsOfAStoryAreBounded() {
        var groups = IntStream.range(0, 1000).mapToObj(i -> "group" + i).toArray(String[]::new);
        front.authenticator = _ -> Outcome.accepted(User.of("many", groups));
        front.bindings = (_, _) -> Collections.nCopies(1000, new BindingLister.Bound("", "", "", "", ""));
        front.get("/api/v1/pods", "many");
        assertThat(front.refusals.all().getFirst().caller().groups())
                .hasSize(33)
                .endsWith("… and 968 more");
        assertThat(front.refusals.all().getFirst().bindings()).hasSizeLessThan(40);
    }

    @Test
    void bindingsAreLookedUpOnlyForANewRefusal() {
        var asked = new AtomicInteger();
        front.bindings = (_, _) -> {
            asked.incrementAndGet();
            return List.of();
        };
        for (int i = 0; i < 5; i++) {
            front.get("/api/v1/pods", "nobody");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRemarkAboutTheFormOfAHeaderReachesWhoIsRefused() {
        front.authenticator = _ -> new Outcome.NotMine(Trail.warning("mind the space"));
        var answer = front.get("/api/v1/pods", "");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.responseHeader("warning")).hasSize(2).first().isEqualTo("299 - \"mind the space\"");
    }

    @Test
    void everyRefusalMovesTheRevision() {
        front.get("/api/v1/pods", "nobody");
        long first = front.refusals.revision();
        front.get("/api/v1/pods", "nobody");
        assertThat(front.refusals.revision()).isEqualTo(first + 1);
        assertThat(front.refusals.all().getFirst().seen().made()).isEqualTo(first);
        assertThat(front.refusals.all().getFirst().seen().changed()).isEqualTo(first + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid bearer token,invalid bearer token",
        "token eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiJ4In0.c2ln refused,token [scrubbed] refused",
        "certificate X509SHA256=0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0,certificate [scrubbed]",
        "serial 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0,serial 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "rolebindings.rbac.authorization.k8s.io is forbidden,rolebindings.rbac.authorization.k8s.io is forbidden",
        "jwt[0].claimMappings.groups.expression: no,jwt[0].claimMappings.groups.expression: no",
        "jwt[11].issuer.audienceMatchPolicySomething: no,jwt[11].issuer.audienceMatchPolicySomething: no",
        "it is abcdefgh.IjklmnopQrstuvwxAbcdefghij,it is [scrubbed]",
        "it is abcdEfghIJklmnopQrstuvwxyzabcdefgh,it is [scrubbed]",
        "it is abcdefgh1jklmnopqrstuvwxyzabcdefgh,it is [scrubbed]"
    })
    void whatLooksLikeACredentialIsMasked(String story, String kept) {
        assertThat(Scrub.text(story)).isEqualTo(kept);
    }
}
