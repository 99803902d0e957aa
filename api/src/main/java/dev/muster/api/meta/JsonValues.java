package dev.muster.api.meta;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares values as JSON means them. */
public final class JsonValues {

    private JsonValues() {}

    /** Equal as JSON: whatever class holds a number, the order of members aside. */
    public static boolean same(JsonNode one, JsonNode other) {
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
