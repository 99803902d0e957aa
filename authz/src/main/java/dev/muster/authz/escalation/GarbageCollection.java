package dev.muster.authz.escalation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import java.util.List;

/** Tells changes that only let an object go away from all others. */
final class GarbageCollection {

    /** What garbage collection writes, and what the server writes at every change. */
    private static final List<String> FREE =
            List.of("ownerReferences", "finalizers", "selfLink", "managedFields", "resourceVersion", "generation");

    private GarbageCollection() {}

    /** Whether nothing differs but the fields by which the garbage collector lets an object go. */
    static boolean changesNothingElse(ApiObject proposed, ApiObject old) {
        return plain(proposed).equals(plain(old));
    }

    private static ObjectNode plain(ApiObject object) {
        ObjectNode tree = object.copyTree();
        if (tree.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(FREE);
        }
        dropEmpty(tree);
        return tree;
    }

    /** An absent list and an empty one are the same; an element of a list is never dropped. */
    private static void dropEmpty(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                object.forEach(GarbageCollection::dropEmpty);
                object.properties()
                        .removeIf(field -> field.getValue().isNull()
                                || (field.getValue().isContainerNode()
                                        && field.getValue().isEmpty()));
            }
            case ArrayNode array -> array.forEach(GarbageCollection::dropEmpty);
            default -> {}
        }
    }
}
