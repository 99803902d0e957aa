package dev.muster.api.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.MessageType;
import java.util.List;

/** Holds a tree against its schema: removes what is unknown and says so, refuses what has the wrong type. */
public final class FieldCheck {

    private final Kinds kinds;

    public FieldCheck(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * Prunes unknown fields and nulls from the tree.
     *
     * @return one {@code unknown field "spec.x"} for each
     * @throws MalformedBody for a value of the wrong type, in the words of Kubernetes' decoder
     */
    public List<String> prune(ObjectNode tree, MessageType schema) {
        throw new UnsupportedOperationException("to be written");
    }
}
