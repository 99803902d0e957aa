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
     * RFC 6902.
     *
     * @throws dev.muster.api.meta.StatusException 422 for an operation that cannot be applied, 400 for one that is none
     */
    public static JsonNode json(JsonNode target, ArrayNode operations) {
        throw new UnsupportedOperationException("to be written");
    }

    /** RFC 7386. */
    public static JsonNode merge(JsonNode target, JsonNode patch) {
        throw new UnsupportedOperationException("to be written");
    }

    /** Kubernetes' strategic merge patch, with its directives ($patch, $deleteFromPrimitiveList, $setElementOrder, $retainKeys). */
    public static ObjectNode strategic(ObjectNode target, ObjectNode patch, MessageType schema, Kinds kinds) {
        throw new UnsupportedOperationException("to be written");
    }
}
