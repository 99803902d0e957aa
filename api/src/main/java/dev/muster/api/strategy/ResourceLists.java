package dev.muster.api.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Maps from resource names to quantities. */
public final class ResourceLists {

    private ResourceLists() {}

    /** Writes every quantity in its canonical form; what is none stays, for validation to name it. */
    public static void canonicalize(JsonNode list) {
        if (list instanceof ObjectNode object) {
            for (var entry : object.properties()) {
                Quantity.parse(entry.getValue().asText())
                        .ifPresent(quantity ->
                                entry.setValue(object.textNode(quantity.milli().canonical())));
            }
        }
    }
}
