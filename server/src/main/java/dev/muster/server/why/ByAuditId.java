package dev.muster.server.why;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Refusals by audit id. Clients may send their own, so that there can be several and none of them is the right one by itself. */
final class ByAuditId {

    private ByAuditId() {}

    static ArrayNode of(JsonNode items, String id) {
        var found = JsonNodeFactory.instance.arrayNode();
        for (JsonNode one : items) {
            boolean has = one.at("/request/auditID").asText("").equals(id);
            for (JsonNode other : one.path("auditIDs")) {
                has |= other.asText().equals(id);
            }
            if (has) {
                found.add(one);
            }
        }
        return found;
    }
}
