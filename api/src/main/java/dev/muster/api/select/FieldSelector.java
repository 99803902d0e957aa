package dev.muster.api.select;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A field selector. All requirements must hold; without any, everything matches.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">Field Selectors</a>
 */
public record FieldSelector(List<Requirement> requirements) {

    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    public record Requirement(String field, boolean equal, String value) {

        @Override
        public String toString() {
            return field + (equal ? "=" : "!=") + FieldTerms.escape(value);
        }
    }

    /**
     * Reads {@code a=b,c!=d} with backslash escapes.
     *
     * @throws IllegalArgumentException with Kubernetes' message
     */
    public static FieldSelector parse(String text) {
        return new FieldSelector(FieldTerms.parse(text));
    }

    /** The fields named that the resource cannot be selected by; empty = all are fine. */
    public List<String> unsupported(ResourceType type) {
        return requirements.stream()
                .map(Requirement::field)
                .filter(field -> !SelectableFields.isSelectable(type, field))
                .distinct()
                .toList();
    }

    /** What to tell a caller (400) who names a field that the resource cannot be selected by, in Kubernetes' words. */
    public Optional<String> problem(ResourceType type) {
        return unsupported(type).stream().findFirst().map(field -> SelectableFields.problem(type, field));
    }

    public boolean matches(ApiObject object) {
        for (Requirement requirement : requirements) {
            if (SelectableFields.value(object, requirement.field()).equals(requirement.value())
                    != requirement.equal()) {
                return false;
            }
        }
        return true;
    }

    /** The value that a field must have, if the selector says so. */
    public Optional<String> exact(String field) {
        return requirements.stream()
                .filter(requirement ->
                        requirement.equal() && requirement.field().equals(field))
                .map(Requirement::value)
                .findFirst();
    }

    /** The text form; reading it again gives an equal selector. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }
}
