package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What the states of a pod's containers come to, as {@code kubectl get pods} sums it up. */
final class PodSummary {

    private final JsonNode spec;
    private final JsonNode status;
    private final Set<String> sidecars = new HashSet<>();
    private String reason;
    private int ready;
    private int containers;
    private long restarts;
    private long sidecarRestarts;
    private Instant lastRestart = Instant.MIN;
    private Instant lastSidecarRestart = Instant.MIN;

    private PodSummary(ApiObject pod) {
        spec = pod.tree().path("spec");
        status = pod.tree().path("status");
    }

    static PodSummary of(ApiObject pod) {
        var summary = new PodSummary(pod);
        summary.sumUp(pod.isBeingDeleted());
        return summary;
    }

    String reason() {
        return reason;
    }

    int ready() {
        return ready;
    }

    int containers() {
        return containers;
    }

    long restarts() {
        return restarts;
    }

    Optional<Instant> lastRestart() {
        return lastRestart.equals(Instant.MIN) ? Optional.empty() : Optional.of(lastRestart);
    }

    private void sumUp(boolean deleted) {
        String phase = status.path("phase").asText("");
        reason = CoreCells.text(status.path("reason"), phase);
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText("").equals("PodScheduled")
                    && condition.path("reason").asText("").equals("SchedulingGated")) {
                reason = "SchedulingGated";
            }
        }
        containers = spec.path("containers").size();
        for (JsonNode init : spec.path("initContainers")) {
            if (init.path("restartPolicy").asText("").equals("Always")) {
                sidecars.add(init.path("name").asText(""));
                containers++;
            }
        }
        boolean initializing = initContainers();
        if (!initializing || isTrue(status.path("conditions"), "Initialized")) {
            mainContainers();
        }
        if (deleted && status.path("reason").asText("").equals("NodeLost")) {
            reason = "Unknown";
        } else if (deleted && !phase.equals("Failed") && !phase.equals("Succeeded")) {
            reason = "Terminating";
        }
    }

    /** Whether one of them has not done its work yet; it gives the reason. */
    private boolean initContainers() {
        JsonNode statuses = status.path("initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode container = statuses.path(i);
            boolean sidecar = sidecars.contains(container.path("name").asText(""));
            countRestarts(container, sidecar);
            JsonNode terminated = container.path("state").path("terminated");
            if (terminated.isObject() && terminated.path("exitCode").asInt(0) == 0) {
                continue;
            }
            if (sidecar && container.path("started").asBoolean(false)) {
                ready += container.path("ready").asBoolean(false) ? 1 : 0;
                continue;
            }
            String waiting =
                    container.path("state").path("waiting").path("reason").asText("");
            if (terminated.isObject()) {
                reason = "Init:" + ended(terminated);
            } else if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
                reason = "Init:" + waiting;
            } else {
                reason = "Init:" + i + "/" + spec.path("initContainers").size();
            }
            return true;
        }
        return false;
    }

    private void mainContainers() {
        restarts = sidecarRestarts;
        lastRestart = lastSidecarRestart;
        boolean running = false;
        JsonNode statuses = status.path("containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            JsonNode container = statuses.path(i);
            countRestarts(container, false);
            JsonNode state = container.path("state");
            String waiting = state.path("waiting").path("reason").asText("");
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (state.path("terminated").isObject()) {
                reason = ended(state.path("terminated"));
            } else if (container.path("ready").asBoolean(false)
                    && state.path("running").isObject()) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed") && running) {
            reason = isTrue(status.path("conditions"), "Ready") ? "Running" : "NotReady";
        }
    }

    private void countRestarts(JsonNode container, boolean sidecar) {
        long count = container.path("restartCount").asLong(0);
        restarts += count;
        Instant finished = Ages.instant(
                        container.path("lastState").path("terminated").path("finishedAt"))
                .orElse(Instant.MIN);
        lastRestart = later(lastRestart, finished);
        if (sidecar) {
            sidecarRestarts += count;
            lastSidecarRestart = later(lastSidecarRestart, finished);
        }
    }

    private static String ended(JsonNode terminated) {
        String why = terminated.path("reason").asText("");
        if (!why.isEmpty()) {
            return why;
        }
        long signal = terminated.path("signal").asLong(0);
        return signal != 0
                ? "Signal:" + signal
                : "ExitCode:" + terminated.path("exitCode").asLong(0);
    }

    static boolean isTrue(JsonNode conditions, String type) {
        for (JsonNode condition : conditions) {
            if (condition.path("type").asText("").equals(type)) {
                return condition.path("status").asText("").equals("True");
            }
        }
        return false;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
