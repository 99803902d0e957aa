package dev.muster.apiserver.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.LiveRequests;
import dev.muster.core.identity.Outcome;
import dev.muster.http.serve.Lane;
import dev.muster.testkit.http.FakeExchange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watches whose credential is good no more. */
class LiveRequestsTest {

    private static final String WATCH = "/api/v1/pods?watch=1";
    private final Map<String, Runnable> cuts = new LinkedHashMap<>();
    private final Front front = new Front();

    LiveRequestsTest() {
        front.live = new LiveRequests() {
            @Override
            public Runnable begun(Outcome.Accepted who, Runnable cut) {
                cuts.put(who.user().name(), cut);
                return () -> cuts.remove(who.user().name());
            }

            @Override
            public Optional<String> takenBack(Outcome.Accepted who) {
                return Optional.empty();
            }
        };
        front.resources = call -> call.exchange().stream(200, Map.of()).write(new byte[] {'x'});
    }

    @AfterEach
    void stop() {
        front.timer.shutdownNow();
    }

    private FakeExchange begin(String target) {
        var exchange = Front.as(FakeExchange.get(target), "jane").deferOffloaded();
        front.pipeline().handle(exchange);
        return exchange;
    }

    @Test
    void aWatchIsToldOfUntilItIsOver() {
        var exchange = begin(WATCH);
        assertThat(cuts).containsOnlyKeys("jane");
        exchange.disconnect();
        assertThat(cuts).isEmpty();
    }

    @Test
    void whatIsSoonOverIsNot() {
        begin("/api/v1/pods");
        begin("/api/v1/pods/x");
        assertThat(cuts).isEmpty();
    }

    @Test
    void aWatchThatIsCutEndsProperlyAndNothingMoreComes() {
        var exchange = begin(WATCH);
        cuts.get("jane").run();
        assertThat(exchange.streamed().orElseThrow().isEnded()).isTrue();
        assertThat(exchange.streamed().orElseThrow().isBroken()).isFalse();
        exchange.streamed().orElseThrow().write(new byte[] {'y'});
        assertThat(exchange.streamed().orElseThrow().text()).isEqualTo("x");
    }

    @Test
    void whatASlowReaderHasNotReadHeDoesNotGet() {
        var exchange = begin(WATCH);
        exchange.streamed().orElseThrow().queued(100);
        cuts.get("jane").run();
        assertThat(exchange.streamed().orElseThrow().isBroken()).isTrue();
    }

    @Test
    void aWatchThatIsCutBeforeItBeganIsAnswered401() {
        front.resources = call -> call.exchange()
                .offload(
                        Lane.BLOCKING,
                        () -> call.exchange().stream(200, Map.of()).write(new byte[] {'x'}));
        var exchange = begin(WATCH);
        cuts.get("jane").run();
        assertThat(exchange.status()).isEqualTo(401);
        exchange.runOffloaded();
        assertThat(exchange.streamed()).isEmpty();
    }

    @Test
    void nobodyIsAskedWhereNobodyLooks() {
        front.live = LiveRequests.UNWATCHED;
        assertThat(begin(WATCH).streamed()).isPresent();
    }
}
