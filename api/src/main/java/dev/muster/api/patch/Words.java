package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** How messages name the types of values. */
final class Words {

    private Words() {}

    /** As Go's JSON decoder names what it read. */
    static String type(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
            case STRING, BINARY -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            case NULL, MISSING -> "null";
        };
    }
}
