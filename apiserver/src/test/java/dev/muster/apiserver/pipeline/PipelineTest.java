package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.request.PathRoute;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.http.serve.Lane;
import dev.muster.http.serve.Response;
import dev.muster.testkit.http.FakeExchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a request: what happens in which order, and what every answer carries. */
class PipelineTest {

    private static final String UNAUTHORIZED =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                    + "\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    private final Front front = new Front();

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    @Test
    void theOrderOfTheFiltersIsThis() {
        assertThat(front.pipeline().order())
                .containsExactly(
                        "AuditIdFilter",
                        "PanicGuard",
                        "AddressFilter",
                        "RequestInfoFilter",
                        "DefaultHeadersFilter",
                        "DeadlineFilter",
                        "AuthenticationFilter",
                        "ImpersonationFilter",
                        "InFlight",
                        "AuthorizationFilter",
                        "Dispatch");
    }

    @Test
    void anAuthorisedRequestReachesItsHandlerOnTheEventLoop() {
        var exchange = front.get(PODS, "jane");
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.lanes()).isEmpty();
        var call = front.calls.getFirst();
        assertThat(call.user().name()).isEqualTo("jane");
        assertThat(call.info().resource()).isEqualTo("pods");
        assertThat(exchange.responseHeader("cache-control")).containsExactly("no-cache, private");
        assertThat(exchange.responseHeader("x-content-type-options")).containsExactly("nosniff");
    }

    @Test
    void aHandlerMaySetItsOwnCaching() {
        front.resources = call ->
                call.exchange().respond(new Response(200, Map.of("cache-control", List.of("public")), new byte[0]));
        assertThat(front.get(PODS, "jane").responseHeader("cache-control")).containsExactly("public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad", "down", "bug", "slowbad", "slowbug"})
    void aCredentialThatIsNotAcceptedIs401WithoutAnyReason(String token) {
        var exchange = front.get(PODS, token);
        assertThat(exchange.status()).isEqualTo(401);
        assertThat(exchange.text()).isEqualTo(UNAUTHORIZED);
        assertThat(exchange.responseHeader("www-authenticate")).isEmpty();
        assertThat(exchange.responseHeader("audit-id")).hasSize(1);
        assertThat(front.calls).isEmpty();
    }

    @Test
    void row1NoCredentialWithAnonymousOnIs403NamingAnonymous() {
        var exchange = front.get("/api/v1/pods", "");
        assertThat(exchange.status()).isEqualTo(403);
        assertThat(exchange.text())
                .contains("pods is forbidden: User \\\"system:anonymous\\\" cannot list resource \\\"pods\\\""
                        + " in API group \\\"\\\" at the cluster scope")
                .contains("\"details\":{\"kind\":\"pods\"}");
    }

    @Test
    void row2ABadBearerIs401AndNeverAnonymous() {
        assertThat(front.get("/version", "bad").text()).isEqualTo(UNAUTHORIZED);
    }

    @Test
    void row3NothingPresentedWithAnonymousOffIs401EvenOnJunkPaths() {
        front.authenticator = _ -> Outcome.NOT_MINE;
        assertThat(front.get("/no/such/path", "").status()).isEqualTo(401);
    }

    @Test
    void row7ABasicHeaderIsNobodysCredentialSoTheCallerIsAnonymous() {
        front.authorizer = asked -> Front.isFor(asked, "system:anonymous") ? Decision.allow("") : Decision.NO_OPINION;
        front.routes.add(PathRoute.reading("/version", call -> front.responder.text(call.exchange(), 200, "v")));
        assertThat(front.send(FakeExchange.get("/version").header("Authorization", "Basic YTpi"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void http2ConnectionsOfTheUnauthenticatedAreClosedAfterTheAnswer() {
        assertThat(front.send(FakeExchange.get(PODS).http2()).closesConnection())
                .isTrue();
        assertThat(front.send(Front.as(FakeExchange.get(PODS), "bad").http2()).closesConnection())
                .isTrue();
        assertThat(front.send(Front.as(FakeExchange.get(PODS), "jane").http2()).closesConnection())
                .isFalse();
        assertThat(front.send(Front.as(FakeExchange.get(PODS), "bad")).closesConnection())
                .isFalse();
    }

    @Test
    void aCredentialForAnotherAudienceIs401() {
        front.audiences = Audiences.of("kubernetes");
        assertThat(front.get(PODS, "vault").status()).isEqualTo(401);
        assertThat(front.get(PODS, "jane").status()).isEqualTo(200);
    }

    @Test
    void identityHeadersNeverReachAHandler() {
        var exchange = Front.as(FakeExchange.get(PODS), "jane")
                .header("X-Remote-User", "root")
                .header("X-Remote-Uid", "1")
                .header("X-Remote-Group", "system:masters")
                .header("X-Remote-Extra-Scopes", "all")
                .header("X-Proxy-User", "root")
                .header("X-Proxy-Extra-A", "b")
                .header("Sec-WebSocket-Protocol", "v4, base64url.bearer.authorization.k8s.io.amFuZQ")
                .header("Accept", "application/json");
        front.send(exchange);
        assertThat(front.calls.getFirst().exchange().headers().names()).containsExactly("accept");
    }

    @Test
    void waitingForAnAuthenticatorHappensOffTheEventLoop() {
        var exchange = front.get(PODS, "slow");
        assertThat(exchange.lanes()).containsExactly(Lane.BLOCKING);
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(front.calls.getFirst().user().name()).isEqualTo("slow");
    }

    @Test
    void waitingForAnAuthorizerHappensOffTheEventLoop() {
        front.authorizer = _ -> new Decision.Elsewhere(() -> Decision.allow("asked"));
        assertThat(front.get(PODS, "jane").lanes()).containsExactly(Lane.BLOCKING);
        front.authorizer = _ -> new Decision.Elsewhere(() -> Decision.deny("asked"));
        assertThat(front.get(PODS, "jane").status()).isEqualTo(403);
    }

    @Test
    void warningsOfAnAuthenticatorReachTheClient() {
        assertThat(front.get(PODS, "old").responseHeader("warning")).containsExactly("299 - \"renew \\\"it\\\"\"");
    }

    @Test
    void anAuthorizerThatFailedWithoutAnAllowIsAPlain500ThatSaysNothing() {
        front.authorizer = _ -> new Decision.NoOpinion(Decision.Grounds.of("cannot reach 10.0.0.7"), true);
        var exchange = front.get(PODS, "jane");
        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.responseHeader("content-type")).containsExactly("text/plain; charset=utf-8");
        assertThat(exchange.text())
                .startsWith("Internal Server Error: \"" + PODS + "\"")
                .doesNotContain("10.0.0.7");
    }

    @Test
    void aPathThatIsNothingIsATextPageOnceItIsAuthorised() {
        var exchange = front.get("/nope", "jane");
        assertThat(exchange.status()).isEqualTo(404);
        assertThat(exchange.text()).isEqualTo("404 page not found\n");
        assertThat(front.get("/nope", "nobody").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1//pods", "/api/v1/namespaces//pods", "/api/v1/pods//log", "//apis/g//v1/things"})
    void anEmptySegmentNamesNothing(String path) {
        assertThat(front.get(path, "jane").status()).isEqualTo(404);
        assertThat(front.calls).isEmpty();
    }

    @Test
    void slashesAtTheEndsAreNoGap() {
        assertThat(front.get("//api/v1/pods//", "jane").status()).isEqualTo(200);
    }

    @Test
    void aReadOnlyPathRefusesOtherMethodsAndSaysWhichItTakes() {
        front.routes.add(PathRoute.reading("/version", call -> front.responder.text(call.exchange(), 200, "v")));
        var exchange = front.send(Front.as(FakeExchange.of("POST", "/version"), "jane"));
        assertThat(exchange.status()).isEqualTo(405);
        assertThat(exchange.responseHeader("allow")).containsExactly("GET, HEAD");
        assertThat(exchange.text()).contains("\"reason\":\"MethodNotAllowed\"");
    }

    @Test
    void whatAHandlerThrowsIsAnAnswerWhereverItIsThrown() {
        var notFound = new StatusException(new Status(404, "NotFound", "gone", Optional.empty()));
        front.resources = _ -> {
            throw notFound;
        };
        assertThat(front.get(PODS, "jane").status()).isEqualTo(404);
        front.resources = call -> call.exchange().offload(Lane.CPU, () -> {
            throw notFound;
        });
        assertThat(front.get(PODS, "jane").status()).isEqualTo(404);
        front.resources = call -> call.exchange().body(10, _ -> {
            throw notFound;
        });
        assertThat(front.get(PODS, "jane").status()).isEqualTo(404);
    }

    @Test
    void aFaultIsAPlain500ThatSaysNothingOfIt() {
        front.resources = call -> call.exchange().offload(Lane.BLOCKING, () -> {
            throw new IllegalStateException("password hunter2");
        });
        var exchange = front.get(PODS, "jane");
        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.text()).doesNotContain("hunter2");
        assertThat(exchange.responseHeader("audit-id")).hasSize(1);
    }

    @Test
    void aFaultInAStreamBreaksItOff() {
        front.resources = call -> {
            call.exchange().stream(200, Map.of());
            throw new IllegalStateException("a bug");
        };
        assertThat(front.get(PODS, "jane").streamed())
                .hasValueSatisfying(s -> assertThat(s.isBroken()).isTrue());
    }

    @Test
    void whoIsNotAnsweredInTimeGets504AndTheLateAnswerIsDropped() throws Exception {
        front.limits(10, 10, Duration.ofMillis(20));
        front.resources = call ->
                call.exchange().offload(Lane.BLOCKING, () -> call.exchange().respond(Response.empty(200)));
        var exchange = Front.as(FakeExchange.get(PODS), "jane").deferOffloaded();
        front.send(exchange);
        for (int i = 0; i < 500 && !exchange.responded(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(exchange.status()).isEqualTo(504);
        assertThat(exchange.text()).contains("\"reason\":\"Timeout\"", "did not complete within the allotted timeout");
        assertThat(exchange.responseHeader("audit-id")).hasSize(1);
        exchange.runOffloaded();
        assertThat(exchange.status()).isEqualTo(504);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "x", "1x", "-", ".s", "1..2s", "99999999h", "1s2", "٣s"})
    void aTimeoutThatCannotBeReadIsABadRequestBeforeAuthentication(String timeout) {
        var exchange = front.get(PODS + "?timeout=" + timeout, "bad");
        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.text()).contains("invalid timeout specified in the request URL - time: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "32s", "1h30m", "-5s", "1.5h", "300ms", "+2us"})
    void aTimeoutThatCanBeReadIsTaken(String timeout) {
        assertThat(front.get(PODS + "?timeout=" + timeout.replace("+", "%2B"), "jane")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWatchIsNotAskedForItsTimeout() {
        assertThat(front.get(PODS + "?watch=1&timeout=x", "jane").status()).isEqualTo(200);
    }

    @Test
    void noRequestLineHoweverOddIsA500() {
        var random = new Random(11);
        var pipeline = front.pipeline();
        String alphabet = "/%2F.apinmesc v1?&=watch\u0001é<>\"\\*~";
        var methods = List.of("GET", "POST", "HEAD", "", "get", "Ä", "DELETE", "PATCH\n");
        for (int round = 0; round < 20_000; round++) {
            var target = new StringBuilder(random.nextBoolean() ? "/api/v1/" : "/apis/g/v1/namespaces/");
            for (int i = random.nextInt(40); i > 0; i--) {
                target.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var exchange = FakeExchange.of(methods.get(random.nextInt(methods.size())), target.toString());
            pipeline.handle(random.nextBoolean() ? exchange : Front.as(exchange, "jane"));
            assertThat(exchange.status()).as(target.toString()).isIn(200, 400, 403, 404);
        }
    }

    @Test
    void refusalsAreRememberedWithTheirStoryWhichTheClientDoesNotSee() {
        var exchange = front.get(PODS, "bad");
        String warning = exchange.responseHeader("warning").getFirst();
        assertThat(warning)
                .matches("299 - \"refused \\(id [a-z0-9]{8}\\): ask an operator for 'muster why [a-z0-9]{8}'\"");
        var story = front.refusals.find(warning.substring(19, 27)).orElseThrow();
        assertThat(story.said()).isEqualTo(Reason.UNKNOWN + ": nobody knows it");
        assertThat(story.code()).isEqualTo(401);
        assertThat(story.asked().auditId())
                .isEqualTo(exchange.responseHeader("audit-id").getFirst());
    }
}
