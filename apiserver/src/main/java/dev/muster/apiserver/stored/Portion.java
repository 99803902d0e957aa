package dev.muster.apiserver.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.strategy.Strategy;
import java.util.List;

/** Which part of an object an update may change: a sub-resource is one portion of its object. */
@FunctionalInterface
interface Portion {

    /** Puts back, in what is proposed, what is not this portion's to change. */
    void restrict(ObjectNode proposed, ApiObject old, Strategy strategy);

    /** The object itself: all but what the kind keeps for others. */
    Portion WHOLE = (proposed, old, strategy) -> strategy.prepareForUpdate(proposed, old);

    /** {@code status}: everything beside metadata and status stays. Owners are not the status writer's to name. */
    Portion STATUS = (proposed, old, _) -> {
        keepAllBut(proposed, old, List.of("kind", "apiVersion", "metadata", "status"));
        keep(ObjectCodec.metadata(proposed), (ObjectNode) old.tree().get("metadata"), "ownerReferences");
    };

    /** {@code finalize} of namespaces: the status stays, spec.finalizers may shrink. */
    Portion FINALIZE = (proposed, old, _) -> keep(proposed, old.tree(), "status");

    private static void keepAllBut(ObjectNode proposed, ApiObject old, List<String> open) {
        proposed.retain(open);
        old.tree().properties().forEach(field -> {
            if (!open.contains(field.getKey())) {
                proposed.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    private static void keep(ObjectNode proposed, ObjectNode old, String field) {
        proposed.remove(field);
        if (old.has(field)) {
            proposed.set(field, old.get(field).deepCopy());
        }
    }
}
