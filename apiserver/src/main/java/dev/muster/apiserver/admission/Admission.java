package dev.muster.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.identity.User;
import java.util.Optional;

/** One last check of a write, and perhaps a last change. May block. */
@FunctionalInterface
public interface Admission {

    enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * Returns if the write may go on.
     *
     * @throws dev.muster.api.meta.StatusException with the refusal
     */
    void admit(Attempt attempt);

    /**
     * Changes what shall be stored, before it is judged. Asked of every step before any is asked to admit.
     *
     * @param object what the attempt is about; to be written to
     */
    default void mutate(Attempt attempt, ObjectNode object) {}

    /**
     * @param subresource empty for the object itself
     * @param namespace empty for cluster scope
     * @param name empty when it is to be generated
     * @param object what shall be stored; empty on delete
     * @param old what is stored now; empty on create
     */
    record Attempt(
            Operation operation,
            User user,
            ResourceType type,
            String subresource,
            String namespace,
            String name,
            Optional<ApiObject> object,
            Optional<ApiObject> old) {

        /** Whether this is about an object of this resource of the core group. */
        boolean isCore(String plural) {
            return type.gvk().group().isEmpty() && type.plural().equals(plural);
        }
    }
}
