package dev.muster.core.identity;

import java.util.List;

/**
 * For whom a credential is meant. Empty means "not said", which is different from "for nobody".
 *
 * @param names audience identifiers in order; the order is part of a cache key
 */
public record Audiences(List<String> names) {

    /** Nothing was said about audiences. */
    public static final Audiences UNSPECIFIED = new Audiences(List.of());

    public Audiences {
        names = List.copyOf(names);
    }

    public static Audiences of(String... names) {
        return new Audiences(List.of(names));
    }

    public boolean isUnspecified() {
        return names.isEmpty();
    }

    /** The audiences in both, in this object's order. */
    public Audiences intersect(Audiences other) {
        return new Audiences(names.stream().filter(other.names::contains).toList());
    }
}
