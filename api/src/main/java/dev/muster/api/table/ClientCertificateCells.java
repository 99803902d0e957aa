package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Cells of client certificates. */
final class ClientCertificateCells {

    private static final int ADDRESSES = 4;

    private ClientCertificateCells() {}

    static List<Object> certificate(ApiObject certificate, Ages ages) {
        JsonNode tree = certificate.tree();
        return List.of(
                certificate.name(),
                tree.path("user").path("username").asText(""),
                tree.path("serialNumber").asText(""),
                left(tree.path("notAfter"), ages),
                Ages.instant(tree.path("lastUsed"))
                        .map(then -> ages.since(then) + " ago")
                        .orElse("never"),
                tree.path("addressCount").asLong(),
                tree.path("state").asText(""),
                joined(tree.path("user").path("groups"), "", Integer.MAX_VALUE),
                tree.path("publicKeyHash").asText(""),
                tree.path("issuer").asText(""),
                joined(tree.path("addresses"), "address", ADDRESSES));
    }

    private static String left(JsonNode end, Ages ages) {
        return Ages.instant(end)
                .map(until -> {
                    var left = Duration.between(ages.now(), until);
                    return left.isNegative() ? "expired" : HumanDuration.of(left);
                })
                .orElse("<unknown>");
    }

    private static String joined(JsonNode list, String field, int most) {
        var texts = new ArrayList<String>();
        for (JsonNode one : list) {
            if (texts.size() == most) {
                texts.add("...");
                break;
            }
            texts.add((field.isEmpty() ? one : one.path(field)).asText(""));
        }
        return String.join(",", texts);
    }
}
