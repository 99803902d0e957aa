package dev.muster.api.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reading and filling members of trees whose types have been checked already. */
public final class Members {

    private Members() {}

    /** A text; empty when it is absent, null or no text. */
    public static String text(JsonNode node, String... path) {
        JsonNode at = node;
        for (String step : path) {
            at = at.path(step);
        }
        return at.asText("");
    }

    /** Sets a text that is absent or empty. */
    public static void defaultText(ObjectNode node, String name, String value) {
        if (text(node, name).isEmpty()) {
            node.put(name, value);
        }
    }

    /** Sets a number that is absent or null; zero stays. */
    public static void defaultNumber(ObjectNode node, String name, int value) {
        if (!node.hasNonNull(name)) {
            node.put(name, value);
        }
    }

    /** Sets a number that is absent or zero. */
    public static void defaultNonZero(ObjectNode node, String name, int value) {
        if (node.path(name).asInt(0) == 0) {
            node.put(name, value);
        }
    }

    /** The object there, made when there is none. */
    public static ObjectNode object(ObjectNode node, String name) {
        return node.get(name) instanceof ObjectNode there ? there : node.putObject(name);
    }

    /** The list there, made when there is none. */
    public static ArrayNode list(ObjectNode node, String name) {
        return node.get(name) instanceof ArrayNode there ? there : node.putArray(name);
    }

    /** Makes a member what it is in another object: the same value, or absent. */
    public static void keep(ObjectNode node, JsonNode from, String name) {
        JsonNode value = from.get(name);
        if (value == null || value.isNull()) {
            node.remove(name);
        } else {
            node.set(name, value.deepCopy());
        }
    }
}
