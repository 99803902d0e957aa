package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** Measures trees. */
final class Sizes {

    private Sizes() {}

    /** About how long the compact JSON is; stops counting once it is over {@code enough}. */
    static long upTo(JsonNode node, long enough) {
        if (!node.isContainerNode()) {
            return node.isTextual()
                    ? node.textValue().length() + 2L
                    : node.asText().length();
        }
        long size = 2;
        var members = node.properties().iterator();
        while (members.hasNext() && size <= enough) {
            var member = members.next();
            size += member.getKey().length() + 4L + upTo(member.getValue(), enough - size);
        }
        if (node.isArray()) {
            for (Iterator<JsonNode> items = node.elements(); items.hasNext() && size <= enough; ) {
                size += 1 + upTo(items.next(), enough - size);
            }
        }
        return size;
    }
}
