package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.codec.Json;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.audit.Auditor;
import dev.muster.core.access.Decision;
import dev.muster.core.audit.AuditEvent;
import dev.muster.core.audit.AuditSink;
import dev.muster.core.audit.Level;
import dev.muster.core.audit.Policy;
import dev.muster.core.audit.Rule;
import dev.muster.core.audit.Stage;
import dev.muster.http.serve.Response;
import dev.muster.testkit.http.FakeExchange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which events a request makes, and what is in them. */
class AuditTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final Kinds KINDS = Kinds.load();

    private final Front front = new Front();
    private final Kept sink = new Kept();

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    /** Keeps events; says yes or no at once, or when told. */
    private static final class Kept implements AuditSink {
        final List<AuditEvent> events = new ArrayList<>();
        final List<Consumer<Boolean>> waiting = new ArrayList<>();
        boolean strict;
        boolean holds;
        boolean works = true;

        @Override
        public void take(AuditEvent event, Consumer<Boolean> then) {
            events.add(event);
            if (holds) {
                waiting.add(then);
            } else {
                then.accept(works);
            }
        }

        @Override
        public boolean strict() {
            return strict;
        }
    }

    private AuditTest at(Level level, Stage... omitted) {
        var policy = new Policy(List.of(Rule.all(level)), Set.of(omitted), false);
        front.auditor = Optional.of(
                new Auditor(policy, sink, KINDS, InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.123456Z"))));
        return this;
    }

    private List<JsonNode> events() {
        return sink.events.stream()
                .map(e -> (JsonNode) Json.parseObject(e.json(true)).value())
                .toList();
    }

    private List<String> stages() {
        return events().stream().map(e -> e.path("stage").asText()).toList();
    }

    private String text() {
        return String.join("\n", events().stream().map(JsonNode::toString).toList());
    }

    @Test
    void theAuditComesAfterWhoAndBeforeAsWhom() {
        at(Level.METADATA);
        assertThat(front.pipeline().order())
                .containsSequence("AuthenticationFilter", "AuditFilter", "ImpersonationFilter");
    }

    @Test
    void aRequestMakesTwoEventsInTheFormOfKubernetes() {
        at(Level.METADATA);
        front.authorizer = _ -> Decision.allow("because");
        front.send(Front.as(FakeExchange.get(PODS + "/p?a=b"), "jane")
                .header("User-Agent", "curl/8")
                .header("Audit-ID", "id-1"));
        assertThat(new String(sink.events.getLast().json(true), StandardCharsets.UTF_8))
                .isEqualTo("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\","
                        + "\"auditID\":\"id-1\",\"stage\":\"ResponseComplete\",\"requestURI\":\"" + PODS + "/p?a=b\","
                        + "\"verb\":\"get\",\"user\":{\"username\":\"jane\",\"groups\":[\"system:authenticated\"]},"
                        + "\"sourceIPs\":[\"127.0.0.1\"],\"userAgent\":\"curl/8\","
                        + "\"objectRef\":{\"resource\":\"pods\",\"namespace\":\"default\",\"name\":\"p\",\"apiVersion\":\"v1\"},"
                        + "\"responseStatus\":{\"metadata\":{},\"code\":200},"
                        + "\"requestReceivedTimestamp\":\"2026-01-02T03:04:05.123456Z\","
                        + "\"stageTimestamp\":\"2026-01-02T03:04:05.123456Z\","
                        + "\"annotations\":{\"authorization.k8s.io/decision\":\"allow\","
                        + "\"authorization.k8s.io/reason\":\"because\"}}");
        assertThat(stages()).containsExactly("RequestReceived", "ResponseComplete");
        assertThat(events().getFirst().has("responseStatus")).isFalse();
        assertThat(events().getFirst().has("annotations")).isFalse();
    }

    @Test
    void whatThePolicyDoesNotWantMakesNone() {
        at(Level.NONE).front.get(PODS, "jane");
        assertThat(sink.events).isEmpty();
        at(Level.METADATA, Stage.REQUEST_RECEIVED).front.get(PODS, "jane");
        assertThat(stages()).containsExactly("ResponseComplete");
    }

    @Test
    void failedAuthenticationIsOneEventWithoutAUser() {
        at(Level.REQUEST_RESPONSE).front.get(PODS + "?token=abcdef", "bad");
        assertThat(stages()).containsExactly("ResponseStarted");
        var event = events().getFirst();
        assertThat(event.path("user")).isEmpty();
        assertThat(event.path("responseStatus").path("code").asInt()).isEqualTo(401);
        assertThat(event.path("responseStatus").path("reason").asText()).isEqualTo("Unauthorized");
        assertThat(event.path("annotations").path("identity.muster.dev/refusal").asText())
                .hasSize(8);
        assertThat(text()).doesNotContain("abcdef");
    }

    @Test
    void aForbiddenRequestSaysWhyAndLeadsToItsStory() {
        at(Level.METADATA);
        front.authorizer = _ -> Decision.deny("no such rule");
        front.get(PODS, "jane");
        var event = events().getLast();
        assertThat(event.path("annotations")
                        .path("authorization.k8s.io/decision")
                        .asText())
                .isEqualTo("forbid");
        assertThat(event.path("annotations").path("authorization.k8s.io/reason").asText())
                .isEqualTo("no such rule");
        assertThat(event.path("annotations").path("identity.muster.dev/refusal").asText())
                .hasSize(8);
        assertThat(event.path("responseStatus").path("status").asText()).isEqualTo("Failure");
        assertThat(event.path("responseStatus").path("details").path("kind").asText())
                .isEqualTo("pods");
    }

    @Test
    void anAuthorizerThatFailsLeavesAReasonAndNoDecision() {
        at(Level.METADATA);
        front.authorizer = _ -> new Decision.NoOpinion(Decision.Grounds.of("cannot reach 10.0.0.7"), true);
        front.get(PODS, "jane");
        var notes = events().getLast().path("annotations");
        assertThat(notes.path("authorization.k8s.io/reason").asText()).isEqualTo("internal error");
        assertThat(notes.has("authorization.k8s.io/decision")).isFalse();
    }

    @Test
    void aRefusedImpersonationIsRecordedOfWhoReallyCalled() {
        at(Level.METADATA);
        front.send(Front.as(FakeExchange.get(PODS), "mallory").header("Impersonate-User", "jane"));
        assertThat(events().getLast().path("user").path("username").asText()).isEqualTo("mallory");
        assertThat(events().getLast().path("responseStatus").path("code").asInt())
                .isEqualTo(403);
    }

    @Test
    void aFaultIsAPanicWhoseMessageIsNotShown() {
        at(Level.METADATA);
        front.resources = _ -> {
            throw new IllegalStateException("password=hunter2");
        };
        front.get(PODS, "jane");
        assertThat(stages()).containsExactly("RequestReceived", "Panic");
        assertThat(events().getLast().path("responseStatus").path("message").asText())
                .isEqualTo("APIServer panic'd: IllegalStateException");
        assertThat(text()).doesNotContain("hunter2");
    }

    @Test
    void aWatchStartsAndIsCompleteWhenItEnds() {
        at(Level.METADATA);
        front.resources = call -> call.exchange().stream(200, Map.of());
        var exchange = front.get(PODS + "?watch=1", "jane");
        assertThat(stages()).containsExactly("RequestReceived", "ResponseStarted");
        exchange.disconnect();
        assertThat(stages()).containsExactly("RequestReceived", "ResponseStarted", "ResponseComplete");
        assertThat(events().getLast().path("responseStatus").path("code").asInt())
                .isEqualTo(200);
    }

    @Test
    void aWatchThatIsRefusedStartsAndEndsAtOnce() {
        at(Level.METADATA);
        front.resources = _ -> {
            throw new StatusException(new Status(410, "Expired", "too old", Optional.empty()));
        };
        front.get(PODS + "?watch=1", "jane");
        assertThat(stages()).containsExactly("RequestReceived", "ResponseStarted", "ResponseComplete");
        assertThat(events().getLast().path("responseStatus").path("reason").asText())
                .isEqualTo("Expired");
    }

    private void post(String path, String body, String answer) {
        front.resources = call -> call.exchange()
                .body(
                        1 << 20,
                        _ -> call.exchange()
                                .respond(
                                        Response.of(201, "application/json", answer.getBytes(StandardCharsets.UTF_8))));
        front.send(Front.as(FakeExchange.post(path, "application/json", body), "jane"));
    }

    @Test
    void objectsAreRecordedFromTheirLevelOn() {
        String sent = "{\"metadata\":{\"name\":\"p\",\"uid\":\"u\"},\"spec\":{\"a\":1}}";
        at(Level.METADATA).post(PODS, sent, "{\"kind\":\"Pod\"}");
        assertThat(events().getLast().has("requestObject")).isFalse();
        assertThat(events().getLast().path("objectRef").path("name").asText()).isEqualTo("p");
        assertThat(events().getLast().path("objectRef").path("uid").asText()).isEqualTo("u");
        at(Level.REQUEST).post(PODS, sent, "{\"kind\":\"Pod\"}");
        assertThat(events().getLast()
                        .path("requestObject")
                        .path("spec")
                        .path("a")
                        .asInt())
                .isEqualTo(1);
        assertThat(events().getLast().has("responseObject")).isFalse();
        at(Level.REQUEST_RESPONSE).post(PODS, sent, "{\"kind\":\"Pod\"}");
        assertThat(events().getLast().path("responseObject").path("kind").asText())
                .isEqualTo("Pod");
        assertThat(new String(sink.events.getLast().json(false), StandardCharsets.UTF_8))
                .doesNotContain("requestObject")
                .contains("\"audit.k8s.io/truncated\":\"true\"");
    }

    @Test
    void credentialsAreInNoEventWhateverTheLevel() {
        at(Level.REQUEST_RESPONSE);
        String applied = "{\\\"data\\\":{\\\"p\\\":\\\"canary-1\\\"}}";
        post(
                SECRETS,
                "{\"kind\":\"Secret\",\"data\":{\"p\":\"canary-1\"},\"stringdata\":{\"p\":\"canary-1\"},\"x\":\"canary-1\","
                        + "\"metadata\":{\"name\":\"s\",\"y\":\"canary-1\",\"annotations\":{"
                        + "\"kubectl.kubernetes.io/last-applied-configuration\":\"" + applied
                        + "\"}},\"type\":\"Opaque\"}",
                "{\"kind\":\"SecretList\",\"items\":[{\"data\":{\"p\":\"canary-1\"}}]}");
        assertThat(text()).contains("Opaque", "\"p\":\"[scrubbed]\"").doesNotContain("canary-1");
        post(
                SECRETS,
                "[]",
                "{\"kind\":\"Table\",\"rows\":[{\"cells\":[\"s\"],\"object\":{\"metadata\":{\"annotations\":{"
                        + "\"kubectl.kubernetes.io/last-applied-configuration\":\"" + applied + "\"}}}}]}");
        post(
                "/apis/authentication.k8s.io/v1/tokenreviews",
                "{\"spec\":{\"token\":\"canary-1\",\"audiences\":[\"a\"]}}",
                "{\"spec\":{\"token\":\"canary-1\"},\"status\":{\"user\":{\"username\":\"u\"}}}");
        post(
                "/api/v1/namespaces/default/serviceaccounts/a/token",
                "{\"spec\":{\"audiences\":[\"a\"]}}",
                "{\"status\":{\"token\":\"canary-1\",\"expirationTimestamp\":\"t\"}}");
        front.resources =
                call -> call.exchange().body(1 << 20, _ -> call.exchange().respond(Response.empty(200)));
        front.send(Front.as(FakeExchange.of("PATCH", SECRETS + "/s"), "jane")
                .header("Content-Type", "application/json-patch+json")
                .body("[{\"op\":\"add\",\"path\":\"/data/p\",\"value\":\"canary-1\"}]"
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(text()).contains("/data/p", "\"username\":\"u\"").doesNotContain("canary-1");
    }

    @Test
    void aSecretThatCannotBeReadIsLeftOut() {
        at(Level.REQUEST_RESPONSE).post(SECRETS, "{\"data\":{\"p\":\"canary-1\"", "{\"canary-1");
        assertThat(text()).doesNotContain("canary-1");
        assertThat(events().getLast()
                        .path("annotations")
                        .path("identity.muster.dev/left-out")
                        .asText())
                .isEqualTo("responseObject");
    }

    @Test
    void linesCannotBeForged() {
        at(Level.METADATA);
        front.send(Front.as(FakeExchange.get(PODS), "jane")
                .header("User-Agent", "x\"}\n{\"kind\":\"Event\u2028\ud800")
                .header("X-Forwarded-For", "\"}\n"));
        for (var event : sink.events) {
            var line = new String(event.json(true), StandardCharsets.UTF_8);
            assertThat(line.lines()).hasSize(1);
            assertThat(Json.parseObject(event.json(true))
                            .value()
                            .path("userAgent")
                            .asText())
                    .startsWith("x\"}\n{\"kind\":\"Event");
            assertThat(new String(event.legacy(), StandardCharsets.UTF_8).lines())
                    .hasSize(1);
        }
    }

    @Test
    void aLongUserAgentIsCut() {
        at(Level.METADATA);
        front.send(Front.as(FakeExchange.get(PODS), "jane").header("User-Agent", "a".repeat(5000)));
        assertThat(events().getLast().path("userAgent").asText())
                .hasSize(1024 + 12)
                .endsWith("...TRUNCATED");
    }

    @Test
    void anAnswerWaitsUntilItsEventIsWritten() {
        at(Level.METADATA);
        sink.holds = true;
        var exchange = front.get(PODS, "jane");
        assertThat(front.calls).hasSize(1);
        assertThat(exchange.responded()).isFalse();
        sink.waiting.forEach(then -> then.accept(true));
        assertThat(exchange.status()).isEqualTo(200);
    }

    @Test
    void aStrictSinkRefusesWhatItCannotRecordBeforeAnythingIsDone() {
        at(Level.METADATA);
        sink.strict = true;
        sink.works = false;
        var exchange = front.get(PODS, "jane");
        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.text()).contains("failed to store audit event");
        assertThat(front.calls).isEmpty();
        sink.works = true;
        assertThat(front.get(PODS, "jane").status()).isEqualTo(200);
    }
}
