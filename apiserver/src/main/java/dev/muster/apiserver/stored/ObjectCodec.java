package dev.muster.apiserver.stored;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.MalformedBody;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Revision;
import dev.muster.core.store.StoreException;
import java.util.List;
import java.util.function.Function;

/** Objects as they are kept. As a function it is what a cache of objects decodes with. */
public final class ObjectCodec implements Function<Entry, ApiObject> {

    private static final List<String> FIRST = List.of("kind", "apiVersion", "metadata");

    /**
     * The object with its resourceVersion, and the bytes of that beside it.
     *
     * @throws StoreException for a value that is no object
     */
    @Override
    public ApiObject apply(Entry entry) {
        try {
            return at(Json.parseObject(entry.value()).value(), entry.modified());
        } catch (MalformedBody e) {
            throw new StoreException("the value of " + entry.key() + " is no API object", e);
        }
    }

    /** The tree, which is taken over, as an object of that revision. */
    public static ApiObject at(ObjectNode tree, Revision revision) {
        metadata(tree).put("resourceVersion", revision.toString());
        return ApiObject.of(tree, Json.write(tree));
    }

    /** The bytes to keep. The tree is not changed. */
    public static byte[] encode(ObjectNode tree) {
        ObjectNode kept = ordered(tree);
        var metadata = kept.putObject("metadata");
        tree.path("metadata").properties().forEach(field -> {
            if (!field.getKey().equals("resourceVersion")) {
                metadata.set(field.getKey(), field.getValue());
            }
        });
        return Json.write(kept);
    }

    /** A shallow copy with kind, apiVersion and metadata first, so that documents can be composed from ready bytes. */
    public static ObjectNode ordered(ObjectNode tree) {
        var ordered = JsonNodeFactory.instance.objectNode();
        for (String field : FIRST) {
            if (tree.has(field)) {
                ordered.set(field, tree.get(field));
            }
        }
        tree.properties().forEach(field -> ordered.set(field.getKey(), field.getValue()));
        return ordered;
    }

    /** The metadata to write to; made if there is none. */
    static ObjectNode metadata(ObjectNode tree) {
        return tree.get("metadata") instanceof ObjectNode metadata ? metadata : tree.putObject("metadata");
    }
}
