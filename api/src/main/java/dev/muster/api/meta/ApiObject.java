package dev.muster.api.meta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An API object: a JSON tree and its encoded bytes. Immutable by contract: nobody writes to {@link #tree()}; who wants to
 * change something takes {@link #copyTree()}.
 */
public final class ApiObject {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode tree;
    private volatile byte[] json;

    private ApiObject(ObjectNode tree, byte[] json) {
        this.tree = tree;
        this.json = json;
    }

    /** Takes over the tree: the caller must not write to it any more. */
    public static ApiObject of(ObjectNode tree) {
        return new ApiObject(tree, null);
    }

    /** With the bytes that encode the tree, when they are at hand. */
    public static ApiObject of(ObjectNode tree, byte[] json) {
        return new ApiObject(tree, json);
    }

    /** To be read only. */
    public ObjectNode tree() {
        return tree;
    }

    /** A copy to change. */
    public ObjectNode copyTree() {
        return tree.deepCopy();
    }

    /** The compact JSON encoding; shared, nobody changes it. */
    public byte[] json() {
        byte[] bytes = json;
        if (bytes == null) {
            try {
                bytes = MAPPER.writeValueAsBytes(tree);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
            json = bytes;
        }
        return bytes;
    }

    public String apiVersion() {
        return tree.path("apiVersion").asText("");
    }

    public String kind() {
        return tree.path("kind").asText("");
    }

    public JsonNode metadata() {
        return tree.path("metadata");
    }

    public String name() {
        return meta("name");
    }

    public String namespace() {
        return meta("namespace");
    }

    public String uid() {
        return meta("uid");
    }

    /** Decimal, empty when the object has not been stored. */
    public String resourceVersion() {
        return meta("resourceVersion");
    }

    /** Whether deletion has been asked for and waits for finalizers or a grace period. */
    public boolean isBeingDeleted() {
        return metadata().hasNonNull("deletionTimestamp");
    }

    public List<String> finalizers() {
        var all = new ArrayList<String>();
        metadata().path("finalizers").forEach(f -> all.add(f.asText()));
        return all;
    }

    public Map<String, String> labels() {
        return texts(metadata().path("labels"));
    }

    public Map<String, String> annotations() {
        return texts(metadata().path("annotations"));
    }

    private String meta(String field) {
        return metadata().path(field).asText("");
    }

    private static Map<String, String> texts(JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            return Map.of();
        }
        var all = new LinkedHashMap<String, String>();
        node.properties().forEach(e -> all.put(e.getKey(), e.getValue().asText()));
        return Collections.unmodifiableMap(all);
    }
}
