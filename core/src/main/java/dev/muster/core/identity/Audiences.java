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

    /** Whether there is an audience in both. */
    public boolean meets(Audiences other) {
        for (int i = 0; i < names.size(); i++) {
            if (other.names.contains(names.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** The audiences in both, in this object's order. */
    public Audiences intersect(Audiences other) {
        if (other.names.containsAll(names)) {
            return this;
        }
        return new Audiences(names.stream().filter(other.names::contains).toList());
    }
}
