package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.time.Duration;
import java.util.List;

/** Cells of certificate signing requests. */
final class CertificateCells {

    private static final String NONE = "<none>";

    private CertificateCells() {}

    static List<Object> request(ApiObject request, Ages ages) {
        JsonNode spec = request.tree().path("spec");
        String duration = spec.hasNonNull("expirationSeconds")
                ? HumanDuration.of(
                        Duration.ofSeconds(spec.path("expirationSeconds").asLong(0)))
                : NONE;
        return List.of(
                request.name(),
                CoreCells.age(request, ages),
                CoreCells.text(spec.path("signerName"), NONE),
                spec.path("username").asText(""),
                duration,
                condition(request.tree().path("status")));
    }

    private static String condition(JsonNode status) {
        boolean approved = false;
        boolean denied = false;
        boolean failed = false;
        for (JsonNode condition : status.path("conditions")) {
            switch (condition.path("type").asText("")) {
                case "Approved" -> approved = true;
                case "Denied" -> denied = true;
                case "Failed" -> failed = true;
                default -> {
                    // custom conditions have no word here
                }
            }
        }
        return (denied ? "Denied" : approved ? "Approved" : "Pending")
                + (failed ? ",Failed" : "")
                + (status.path("certificate").asText("").isEmpty() ? "" : ",Issued");
    }
}
