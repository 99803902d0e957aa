package dev.muster.apiserver.read;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A list as it goes over the wire: items without kind and apiVersion, which the list's own say. */
final class ListDocument {

    private static final byte[] END = {']', '}'};

    private final ResourceType type;

    /** What each object's bytes begin with, and an item's do not. */
    private final byte[] head;

    ListDocument(ResourceType type) {
        this.type = type;
        this.head = ("{\"kind\":\"" + type.gvk().kind() + "\",\"apiVersion\":\""
                        + type.gvk().apiVersion() + "\",")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Compact JSON, put together from bytes that are ready. */
    byte[] json(Selection selection) {
        ObjectNode opening = opening(selection);
        opening.putArray("items");
        byte[] start = Json.write(opening);
        int size = start.length;
        for (ApiObject item : selection.items()) {
            size = Math.addExact(size, item.json().length + 1);
        }
        var out = new ByteArrayOutputStream(size);
        out.write(start, 0, start.length - END.length);
        boolean first = true;
        for (ApiObject item : selection.items()) {
            if (!first) {
                out.write(',');
            }
            first = false;
            write(out, item);
        }
        out.write(END, 0, END.length);
        return out.toByteArray();
    }

    private void write(ByteArrayOutputStream out, ApiObject item) {
        byte[] bytes = item.json();
        if (bytes.length > head.length && Arrays.equals(bytes, 0, head.length, head, 0, head.length)) {
            out.write('{');
            out.write(bytes, head.length, bytes.length - head.length);
        } else {
            out.writeBytes(Json.write(untyped(item)));
        }
    }

    /** The same as a tree, for the other encodings. */
    ObjectNode tree(Selection selection) {
        ObjectNode tree = opening(selection);
        var items = tree.putArray("items");
        selection.items().forEach(item -> items.add(untyped(item)));
        return tree;
    }

    private ObjectNode opening(Selection selection) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", type.gvk().kind() + "List")
                .put("apiVersion", type.gvk().apiVersion());
        selection.describe(tree.putObject("metadata"));
        return tree;
    }

    /** A shallow copy: what it holds is shared and only read. */
    private static ObjectNode untyped(ApiObject item) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.setAll(item.tree());
        tree.remove(List.of("kind", "apiVersion"));
        return tree;
    }
}
