package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** YAML in and out, as Kubernetes reads it: one document, JSON types only, no tags, bounded aliases. */
public final class Yaml {

    private Yaml() {}

    /**
     * Reads one document that is a mapping.
     *
     * @throws MalformedBody when it is not
     */
    public static Parsed<ObjectNode> parseObject(byte[] body) {
        throw new UnsupportedOperationException("to be written");
    }

    public static byte[] write(JsonNode node) {
        throw new UnsupportedOperationException("to be written");
    }
}
