package dev.muster.api.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Optional;

/** What Kubernetes does to objects of one kind on their way in: defaulting, clearing, validation. One class per kind. */
public interface Strategy {

    /** Fills in what the caller left out; the same for create and update. */
    void setDefaults(ObjectNode object);

    /** Drops what a caller may not set on create (status, ...). Metadata is handled by the caller of this. */
    default void prepareForCreate(ObjectNode object) {}

    /** The same, for kinds that keep who made the object. */
    default void prepareForCreate(ObjectNode object, User user) {
        prepareForCreate(object);
    }

    /** Keeps what a caller may not change on update (status, ...). */
    default void prepareForUpdate(ObjectNode object, ApiObject old) {}

    /** What is wrong with a new object, metadata excepted; empty = nothing. */
    List<Status.Cause> validate(ApiObject object);

    /** What is wrong with a change, metadata excepted; includes what {@link #validate} finds. */
    default List<Status.Cause> validateUpdate(ApiObject object, ApiObject old) {
        return validate(object);
    }

    /** The rules for updates of a sub-resource, where they are special; empty = those of all kinds. */
    default Optional<Strategy> subresource(String name) {
        return Optional.empty();
    }

    /** Whether an update without resourceVersion is taken as "whatever is there". */
    default boolean allowsUnconditionalUpdate() {
        return true;
    }

    /** Whether a name is right for this kind; the message when not. */
    default List<String> nameProblems(String name, boolean generated) {
        return Names.dnsSubdomainProblems(name, generated);
    }
}
