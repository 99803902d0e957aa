package dev.muster.apiserver.resource;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to delete.
 *
 * @param gracePeriodSeconds as asked; at least 0
 * @param uid the object must have it
 * @param resourceVersion the object must be at it
 * @param propagation what becomes of dependents
 * @param dryRun whether nothing may be stored
 */
public record DeleteOptions(
        OptionalLong gracePeriodSeconds,
        Optional<String> uid,
        Optional<String> resourceVersion,
        Optional<Propagation> propagation,
        boolean dryRun) {

    /** Delete now, whatever it is at. */
    public static final DeleteOptions NOW =
            new DeleteOptions(OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** Kubernetes' propagation policies; the names as they are written on the wire. */
    public enum Propagation {
        Orphan,
        Background,
        Foreground
    }
}
