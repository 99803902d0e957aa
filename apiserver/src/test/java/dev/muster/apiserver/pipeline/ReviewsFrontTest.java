package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Protobuf;
import dev.muster.api.kinds.Kinds;
import dev.muster.apiserver.resource.Resources;
import dev.muster.apiserver.review.Reviews;
import dev.muster.apiserver.route.ResourceRouter;
import dev.muster.core.access.Decision;
import dev.muster.core.access.RuleResolver.PathRule;
import dev.muster.core.access.RuleResolver.ResourceRule;
import dev.muster.core.access.RuleResolver.Rules;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.http.FakeExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviews through the whole front, and which refusal comes first when several are due. */
class ReviewsFrontTest {

    private static final Kinds KINDS = Kinds.load();
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String AUTHORIZATION = "/apis/authorization.k8s.io/v1/";
    private static final String AUTHENTICATION = "/apis/authentication.k8s.io/v1/";

    private final Front front = new Front();

    @BeforeEach
    void serveReviews() {
        var rules = new Rules(
                List.of(new ResourceRule(List.of("get"), List.of(""), List.of("pods"), List.of())),
                List.of(new PathRule(List.of("get"), List.of("/healthz"))),
                false,
                List.of());
        var reviews = Reviews.all(
                KINDS,
                (token, _) ->
                        token.equals(Secret.of("good")) ? Outcome.accepted(User.of("jane", "dev")) : Outcome.NOT_MINE,
                front.refusals::reviewed,
                Audiences.UNSPECIFIED,
                asked -> asked.verb().equals("get") ? Decision.allow("by the test") : Decision.NO_OPINION,
                (_, _) -> rules,
                InstantSource.system());
        front.resources = new ResourceRouter(new Resources(reviews), KINDS, front.responder, InstantSource.system());
    }

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    private FakeExchange post(String path, String contentType, String body) {
        return front.send(Front.as(FakeExchange.post(path, contentType, body), "jane"));
    }

    private static JsonNode read(FakeExchange exchange) {
        try {
            return new ObjectMapper().readTree(exchange.response().body());
        } catch (IOException e) {
            throw new AssertionError(exchange.text(), e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1beta1"})
    void tokensAreReviewedInBothVersions(String version) {
        var exchange = post(
                "/apis/authentication.k8s.io/" + version + "/tokenreviews",
                "application/json",
                "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/" + version
                        + "\",\"spec\":{\"token\":\"good\"}}");
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(201);
        assertThat(read(exchange).path("status").path("user").path("username").asText())
                .isEqualTo("jane");
        assertThat(read(exchange).path("apiVersion").asText()).isEqualTo("authentication.k8s.io/" + version);
    }

    @Test
    void aTokenThatIsNobodysLeavesAStoryWithoutTheToken() {
        var exchange = post(
                AUTHENTICATION + "tokenreviews", "application/json", "{\"spec\":{\"token\":\"bad-canary-token\"}}");
        assertThat(exchange.status()).isEqualTo(201);
        assertThat(exchange.responseHeader("warning")).isEmpty();
        var story = front.refusals.all().getFirst();
        assertThat(story.code()).isEqualTo(401);
        assertThat(story.said()).isEqualTo("nobody knows the token");
        assertThat(story.caller().name()).isEqualTo("jane");
        assertThat(story.asked().what()).isEqualTo("tokenreviews.authentication.k8s.io");
        assertThat(story.seen().auditIds()).isEqualTo(exchange.responseHeader("audit-id"));
        assertThat(story.toString()).doesNotContain("canary");
    }

    @Test
    void aTokenThatIsSomebodysLeavesNone() {
        post(AUTHENTICATION + "tokenreviews", "application/json", "{\"spec\":{\"token\":\"good\"}}");
        assertThat(front.refusals.all()).isEmpty();
    }

    @Test
    void row29AnEmptyTokenIs400() {
        var exchange = post(AUTHENTICATION + "tokenreviews", "application/json", "{\"spec\":{}}");
        assertThat(exchange.status()).isEqualTo(400);
        assertThat(read(exchange).path("message").asText())
                .isEqualTo("token is required for TokenReview in authentication");
    }

    @Test
    void whoamiAnswersYaml() {
        var exchange = front.send(Front.as(
                        FakeExchange.post(AUTHENTICATION + "selfsubjectreviews", "application/yaml", "spec: {}"),
                        "jane")
                .header("Accept", "application/yaml"));
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(201);
        assertThat(exchange.text()).contains("username: jane");
    }

    @Test
    void row48RulesAreListedToAProtobufClient() throws Exception {
        var question = (ObjectNode) new ObjectMapper()
                .readTree("{\"kind\":\"SelfSubjectRulesReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
                        + "\"spec\":{\"namespace\":\"default\"}}");
        var exchange = front.send(Front.as(FakeExchange.of("POST", AUTHORIZATION + "selfsubjectrulesreviews"), "jane")
                .header("Content-Type", PROTOBUF)
                .header("Accept", PROTOBUF + ",application/json")
                .body(new Protobuf(KINDS).write(question)));
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(201);
        assertThat(read(exchange)
                        .path("status")
                        .path("resourceRules")
                        .path(0)
                        .path("resources")
                        .path(0)
                        .asText())
                .isEqualTo("pods");
    }

    @Test
    void accessIsReviewed() {
        var body = "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}";
        var exchange = post(AUTHORIZATION + "selfsubjectaccessreviews", "application/json", body);
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(201);
        assertThat(read(exchange).path("status").path("allowed").asBoolean()).isTrue();
        var local = post(
                AUTHORIZATION + "namespaces/ns/localsubjectaccessreviews",
                "application/json",
                "{\"spec\":{\"user\":\"u\",\"resourceAttributes\":{\"namespace\":\"ns\",\"verb\":\"list\",\"resource\":\"pods\"}}}");
        assertThat(local.status()).as(local.text()).isEqualTo(201);
        assertThat(read(local).path("status").path("allowed").asBoolean(true)).isFalse();
    }

    /** A request with everything wrong up to a point, and what it is told. */
    record Wrong(String what, FakeExchange exchange, int status) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static FakeExchange request(String method, String path, String token, String... headers) {
        var exchange = Front.as(FakeExchange.of(method, path), token);
        for (int i = 0; i < headers.length; i += 2) {
            exchange.header(headers[i], headers[i + 1]);
        }
        return exchange.body("{".getBytes(StandardCharsets.UTF_8));
    }

    static List<Wrong> ordered() {
        String tokens = AUTHENTICATION + "tokenreviews";
        String[] all = {"Impersonate-User", "x", "Accept", "text/plain", "Content-Type", "text/csv"};
        String[] forms = {"Accept", "text/plain", "Content-Type", "text/csv"};
        return List.of(
                new Wrong(
                        "400 for a path that has two readings beats 401",
                        request("POST", tokens + "%2F", "bad", all),
                        400),
                new Wrong("401 beats impersonation", request("POST", tokens, "bad", all), 401),
                new Wrong("401 beats 404", request("POST", "/nope", "bad", all), 401),
                new Wrong("impersonation beats authorization", request("POST", tokens, "nobody", all), 403),
                new Wrong(
                        "impersonation without a user is 400",
                        request("POST", tokens, "nobody", "Impersonate-Group", "x"),
                        400),
                new Wrong("403 beats 404", request("GET", "/apis/nope.io/v1/foos", "nobody", forms), 403),
                new Wrong("403 beats 405", request("GET", tokens, "nobody", forms), 403),
                new Wrong("403 beats 406 and 415 and 400", request("POST", tokens, "nobody", forms), 403),
                new Wrong("404 for what is no resource", request("GET", "/apis/nope.io/v1/foos", "jane", forms), 404),
                new Wrong(
                        "404 for a scope the resource does not have",
                        request("POST", AUTHENTICATION + "namespaces/n/tokenreviews", "jane", forms),
                        404),
                new Wrong("405 beats 406", request("GET", tokens, "jane", forms), 405),
                new Wrong("row 54: 406 beats 415", request("POST", tokens, "jane", forms), 406),
                new Wrong("row 55: 415 beats 400", request("POST", tokens, "jane", "Content-Type", "text/csv"), 415),
                new Wrong("400 for a body that cannot be read", request("POST", tokens, "jane"), 400));
    }

    @ParameterizedTest
    @MethodSource("ordered")
    void ofSeveralRefusalsTheFirstInOrderIsGiven(Wrong row) {
        var exchange = front.send(row.exchange());
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(row.status());
        assertThat(exchange.responseHeader("audit-id")).hasSize(1);
    }

    @Test
    void manyInFlightBeat403AndAreBeatenByImpersonation() {
        front.limits(0, 0, front.limits.deadline());
        assertThat(front.send(request("POST", AUTHENTICATION + "tokenreviews", "nobody"))
                        .status())
                .isEqualTo(429);
        assertThat(front.send(request("POST", AUTHENTICATION + "tokenreviews", "nobody", "Impersonate-User", "x"))
                        .status())
                .isEqualTo(403);
    }
}
