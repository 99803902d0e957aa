package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** Measures and compares trees. */
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

    /** Equal as JSON: whatever class holds a number, the order of members aside. */
    static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.asText().equals(other.asText());
        }
        if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
            return false;
        }
        if (one.isObject()) {
            for (var member : one.properties()) {
                JsonNode counterpart = other.get(member.getKey());
                if (counterpart == null || !same(member.getValue(), counterpart)) {
                    return false;
                }
            }
            return true;
        }
        if (one.isArray()) {
            for (int i = 0; i < one.size(); i++) {
                if (!same(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}
