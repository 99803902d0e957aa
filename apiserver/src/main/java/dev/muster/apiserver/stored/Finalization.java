package dev.muster.apiserver.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;

/** Deletion that takes time: who holds an object, and how it is marked meanwhile. */
final class Finalization {

    private Finalization() {}

    static boolean isNamespace(ResourceType type) {
        return type.gvk().group().isEmpty() && type.plural().equals("namespaces");
    }

    /** Whether the kind's own finalizers hold it: namespaces keep theirs in spec. */
    static boolean isHeldByKind(ResourceType type, ApiObject object) {
        return isNamespace(type)
                && !object.tree().path("spec").path("finalizers").isEmpty();
    }

    static boolean isHeld(ResourceType type, ApiObject object) {
        return !object.finalizers().isEmpty() || isHeldByKind(type, object);
    }

    /** The object as it looks while it waits; equal to what it was if it waits already. */
    static ObjectNode marked(ResourceType type, ApiObject object, String now) {
        ObjectNode tree = object.copyTree();
        ObjectNode metadata = ObjectCodec.metadata(tree);
        if (!object.isBeingDeleted()) {
            long generation = metadata.path("generation").asLong(0);
            if (generation > 0) {
                metadata.put("generation", generation + 1);
            }
            metadata.put("deletionTimestamp", now);
            if (!isNamespace(type)) {
                metadata.put("deletionGracePeriodSeconds", 0);
            }
        }
        if (isNamespace(type)) {
            tree.withObjectProperty("status").put("phase", "Terminating");
        }
        return tree;
    }
}
