package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.util.List;

/** Cells of revocations. */
final class RevocationCells {

    private static final int SHORT = 12;

    private RevocationCells() {}

    static List<Object> revocation(ApiObject revocation, Ages ages) {
        JsonNode spec = revocation.tree().path("spec");
        return List.of(
                revocation.name(),
                what(spec),
                subject(spec),
                spec.path("reason").asText(""),
                CoreCells.text(spec.path("expiresAt"), "<never>"),
                CoreCells.age(revocation, ages));
    }

    private static String what(JsonNode spec) {
        JsonNode certificate = spec.path("certificate");
        if (spec.has("token")) {
            return "token " + spec.path("token").path("id").asText("");
        }
        if (spec.has("session")) {
            return "session " + spec.path("session").path("id").asText("");
        }
        if (spec.has("user")) {
            return "all issued before " + spec.path("user").path("issuedBefore").asText("");
        }
        String serial = certificate.path("serialNumber").asText("");
        String key = certificate.path("publicKeyHash").asText("");
        return serial.isEmpty() ? "key " + key.substring(0, Math.min(SHORT, key.length())) : "certificate " + serial;
    }

    private static String subject(JsonNode spec) {
        return spec.has("user")
                ? spec.path("user").path("name").asText("")
                : spec.path("subject").asText("");
    }
}
