package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.util.List;

/** Cells of pods. */
final class PodCells {

    private static final String NONE = "<none>";

    private PodCells() {}

    static List<Object> pod(ApiObject pod, Ages ages) {
        JsonNode spec = pod.tree().path("spec");
        JsonNode status = pod.tree().path("status");
        var summary = PodSummary.of(pod);
        String restarts = summary.lastRestart()
                .filter(_ -> summary.restarts() != 0)
                .map(last -> summary.restarts() + " (" + ages.since(last) + " ago)")
                .orElse(String.valueOf(summary.restarts()));
        return List.of(
                pod.name(),
                summary.ready() + "/" + summary.containers(),
                summary.reason(),
                restarts,
                CoreCells.age(pod, ages),
                CoreCells.text(status.path("podIPs").path(0).path("ip"), CoreCells.text(status.path("podIP"), NONE)),
                CoreCells.text(spec.path("nodeName"), NONE),
                CoreCells.text(status.path("nominatedNodeName"), NONE),
                gates(spec.path("readinessGates"), status.path("conditions")));
    }

    private static String gates(JsonNode gates, JsonNode conditions) {
        if (gates.isEmpty()) {
            return NONE;
        }
        int open = 0;
        for (JsonNode gate : gates) {
            if (PodSummary.isTrue(conditions, gate.path("conditionType").asText(""))) {
                open++;
            }
        }
        return open + "/" + gates.size();
    }
}
