package dev.muster.apiserver.controllers;

import dev.muster.apiserver.controllers.loop.Loop;
import dev.muster.apiserver.health.Check;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What operators are shown of controllers: a health check and metrics for each, under its loop's name. */
public record ControllerHealth(Collection<Loop> loops) {

    public ControllerHealth {
        loops = List.copyOf(loops);
    }

    /** {@code controller/NAME}: fails when the loop has died or does not get on. A key that fails is no failure of the controller. */
    public List<Check> checks() {
        return loops.stream()
                .map(loop ->
                        Check.of("controller/" + loop.name(), () -> loop.stats().problem()))
                .toList();
    }

    /** Kubernetes' names for work queues, and our own for what it does not name. */
    public String metrics() {
        var out = new StringBuilder(4096);
        series(out, "workqueue_adds_total", "counter", "name", Loop::added);
        series(out, "workqueue_depth", "gauge", "name", Loop::depth);
        series(
                out,
                "workqueue_retries_total",
                "counter",
                "name",
                loop -> loop.stats().failed());
        series(
                out,
                "workqueue_unfinished_work_seconds",
                "gauge",
                "name",
                loop -> loop.stats().runningSeconds());
        out.append("# TYPE workqueue_work_duration_seconds summary\n");
        for (Loop loop : loops) {
            var stats = loop.stats();
            line(out, "workqueue_work_duration_seconds_sum", "name", loop.name(), stats.workedSeconds());
            line(
                    out,
                    "workqueue_work_duration_seconds_count",
                    "name",
                    loop.name(),
                    (double) stats.succeeded() + stats.failed());
        }
        series(
                out,
                "muster_controller_syncs_total",
                "counter",
                "controller",
                loop -> loop.stats().succeeded());
        series(
                out,
                "muster_controller_sync_errors_total",
                "counter",
                "controller",
                loop -> loop.stats().failed());
        series(
                out,
                "muster_controller_last_success_timestamp_seconds",
                "gauge",
                "controller",
                loop -> loop.stats().lastSuccess().getEpochSecond());
        series(
                out,
                "muster_controller_healthy",
                "gauge",
                "controller",
                loop -> loop.stats().problem().isEmpty() ? 1 : 0);
        return out.toString();
    }

    private void series(StringBuilder out, String name, String type, String label, ToDoubleFunction<Loop> value) {
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        for (Loop loop : loops) {
            line(out, name, label, loop.name(), value.applyAsDouble(loop));
        }
    }

    private static void line(StringBuilder out, String name, String label, String of, double value) {
        out.append(name).append('{').append(label).append("=\"").append(of).append("\"} ");
        if (value == Math.rint(value)) {
            out.append((long) value);
        } else {
            out.append(String.format(Locale.ROOT, "%.6f", value));
        }
        out.append('\n');
    }
}
