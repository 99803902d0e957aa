package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.MessageType;

/** The three patch forms. None changes its arguments. All are bounded in operations and in the size they can grow to. */
public final class Patches {

    private Patches() {}

    /**
     * RFC 6902, read as Kubernetes reads it: a replaced member may be absent, negative indices count from the end.
     *
     * @throws dev.muster.api.meta.StatusException 422 for an operation that cannot be applied, 400 for one that is none,
     *     413 for too many
     */
    public static JsonNode json(JsonNode target, ArrayNode operations) {
        return new JsonPatch(target).apply(operations);
    }

    /** RFC 7386. */
    public static JsonNode merge(JsonNode target, JsonNode patch) {
        return MergePatch.apply(target, patch);
    }

    /**
     * Kubernetes' strategic merge patch, with its directives ($patch, $deleteFromPrimitiveList, $setElementOrder, $retainKeys).
     *
     * @throws dev.muster.api.meta.StatusException 400 for a directive that is none, 422 for a patch that cannot be applied
     */
    public static ObjectNode strategic(ObjectNode target, ObjectNode patch, MessageType schema, Kinds kinds) {
        return StrategicPatch.apply(target, patch, MergeSchema.of(schema, kinds::message));
    }
}
