package dev.muster.apiserver.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.testkit.clock.ManualClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What operators see of controllers. */
class ControllerHealthTest {

    private final ManualClock clock = new ManualClock();
    private final Loop loop = new Loop(
            "one",
            key -> {
                if (key.equals("bad")) {
                    throw new IllegalStateException("bad");
                }
                return Optional.empty();
            },
            _ -> true,
            clock);
    private final ControllerHealth health = new ControllerHealth(List.of(loop));

    @Test
    void eachHasACheckOfItsName() {
        assertThat(health.checks()).hasSize(1);
        assertThat(health.checks().getFirst().name()).isEqualTo("controller/one");
        assertThat(health.checks().getFirst().problem().get()).isEmpty();
    }

    @Test
    void metricsHaveKubernetesNamesAndEachIsOneTypeAndOneLine() {
        loop.add("good");
        loop.add("bad");
        while (loop.step()) {
            // until nothing is due
        }
        assertThat(health.metrics().lines())
                .contains(
                        "# TYPE workqueue_adds_total counter",
                        "workqueue_adds_total{name=\"one\"} 3",
                        "workqueue_depth{name=\"one\"} 1",
                        "workqueue_retries_total{name=\"one\"} 1",
                        "workqueue_unfinished_work_seconds{name=\"one\"} 0",
                        "workqueue_work_duration_seconds_count{name=\"one\"} 2",
                        "muster_controller_syncs_total{controller=\"one\"} 1",
                        "muster_controller_sync_errors_total{controller=\"one\"} 1",
                        "muster_controller_healthy{controller=\"one\"} 1",
                        "muster_controller_last_success_timestamp_seconds{controller=\"one\"} "
                                + clock.instant().getEpochSecond())
                .allMatch(line ->
                        line.matches("# TYPE [a-z_]+ (counter|gauge|summary)|[a-z_]+\\{[a-z]+=\"one\"} [0-9.]+"));
    }
}
