package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.serve.Lane;
import dev.muster.http.serve.Response;
import dev.muster.testkit.http.FakeExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many at once. */
class InFlightTest {

    private static final String PODS = "/api/v1/pods";
    private final Front front = new Front().limits(2, 1, Duration.ofSeconds(60));
    private final List<FakeExchange> waiting = new ArrayList<>();
    private final Pipeline pipeline = front.pipeline();

    InFlightTest() {
        front.resources = call ->
                call.exchange().offload(Lane.BLOCKING, () -> call.exchange().respond(Response.empty(200)));
    }

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    private FakeExchange begin(String method, String path, String token) {
        var exchange = Front.as(FakeExchange.of(method, path), token).deferOffloaded();
        pipeline.handle(exchange);
        waiting.add(exchange);
        return exchange;
    }

    @Test
    void readersAndWritersAreCountedApart() {
        begin("GET", PODS, "jane");
        begin("GET", PODS, "jane");
        assertThat(begin("GET", PODS, "jane").status()).isEqualTo(429);
        assertThat(begin("POST", PODS, "jane").responded()).isFalse();
        assertThat(begin("DELETE", PODS, "jane").status()).isEqualTo(429);
    }

    @Test
    void whoIsAnsweredMakesRoom() {
        begin("GET", PODS, "jane");
        var second = begin("GET", PODS, "jane");
        second.runOffloaded();
        assertThat(begin("GET", PODS, "jane").responded()).isFalse();
        assertThat(begin("GET", PODS, "jane").status()).isEqualTo(429);
    }

    @Test
    void whoGoesAwayMakesRoomOnce() {
        begin("GET", PODS, "jane");
        var second = begin("GET", PODS, "jane");
        second.disconnect();
        second.runOffloaded();
        assertThat(begin("GET", PODS, "jane").responded()).isFalse();
        assertThat(begin("GET", PODS, "jane").status()).isEqualTo(429);
    }

    @Test
    void whoIsAnsweredByTheServerItselfHoldsNothing() {
        front.resources = call -> call.exchange().body(2, _ -> call.exchange().respond(Response.empty(200)));
        for (int i = 0; i < 5; i++) {
            var exchange = Front.as(FakeExchange.of("POST", PODS), "jane").body(new byte[3]);
            pipeline.handle(exchange);
            assertThat(exchange.status()).isEqualTo(413);
        }
    }

    @Test
    void watchesDoNotCount() {
        for (int i = 0; i < 5; i++) {
            assertThat(begin("GET", PODS + "?watch=1", "jane").responded()).isFalse();
        }
    }

    @Test
    void theMastersAreAlwaysServed() {
        begin("GET", PODS, "jane");
        begin("GET", PODS, "jane");
        assertThat(begin("GET", PODS, "root").responded()).isFalse();
    }

    @Test
    void whoIsRefusedHoldsNothing() {
        for (int i = 0; i < 5; i++) {
            assertThat(begin("GET", PODS, "nobody").status()).isEqualTo(403);
        }
        assertThat(front.counters.text())
                .contains("apiserver_current_inflight_requests{request_kind=\"readOnly\"} 0\n");
    }

    @Test
    void namesOfUsersAreFoldedAsKubernetesFoldsThem() {
        for (String name : new String[] {"admin", "jane@example.com", "system:node:a", "x\"}\n"}) {
            front.counters.authenticated(name);
        }
        assertThat(front.counters.text())
                .contains(
                        "authenticated_user_requests{username=\"admin\"} 1\n",
                        "authenticated_user_requests{username=\"email_id\"} 1\n",
                        "authenticated_user_requests{username=\"other\"} 2\n");
    }

    @Test
    void answersAndAttemptsAreCounted() {
        begin("GET", PODS, "nobody");
        begin("GET", PODS, "bad");
        begin("FROB", PODS, "jane").runOffloaded();
        assertThat(front.counters.text())
                .contains(
                        "authentication_attempts{result=\"success\"} 2\n",
                        "authentication_attempts{result=\"error\"} 1\n",
                        "authenticated_user_requests{username=\"other\"} 2\n",
                        "authorization_attempts_total{result=\"allowed\"} 1\n",
                        "authorization_attempts_total{result=\"no-opinion\"} 1\n",
                        "apiserver_request_total{code=\"403\",verb=\"list\"} 1\n",
                        "apiserver_request_total{code=\"401\",verb=\"list\"} 1\n",
                        "apiserver_request_total{code=\"200\",verb=\"other\"} 1\n");
    }
}
