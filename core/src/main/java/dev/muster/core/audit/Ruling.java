package dev.muster.core.audit;

import java.util.Set;

/**
 * What a policy says of one request.
 *
 * @param omitted stages that make no event
 * @param omitManagedFields whether {@code metadata.managedFields} is left out of recorded objects
 */
public record Ruling(Level level, Set<Stage> omitted, boolean omitManagedFields) {

    public Ruling {
        omitted = Set.copyOf(omitted);
    }

    public boolean records(Stage stage) {
        return level != Level.NONE && !omitted.contains(stage);
    }
}
