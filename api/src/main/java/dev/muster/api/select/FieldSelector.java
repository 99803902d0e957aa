package dev.muster.api.select;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import java.util.List;
import java.util.Optional;

/** A field selector. All requirements must hold; without any, everything matches. */
public record FieldSelector(List<Requirement> requirements) {

    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    public record Requirement(String field, boolean equal, String value) {}

    /**
     * Reads {@code a=b,c!=d} with backslash escapes.
     *
     * @throws IllegalArgumentException with Kubernetes' message
     */
    public static FieldSelector parse(String text) {
        throw new UnsupportedOperationException("to be written");
    }

    /** The fields named that the resource cannot be selected by; empty = all are fine. */
    public List<String> unsupported(ResourceType type) {
        throw new UnsupportedOperationException("to be written");
    }

    public boolean matches(ApiObject object) {
        throw new UnsupportedOperationException("to be written");
    }

    /** The value that a field must have, if the selector says so. */
    public Optional<String> exact(String field) {
        throw new UnsupportedOperationException("to be written");
    }
}
