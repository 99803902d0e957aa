package dev.muster.core.store;

/**
 * A moment in the store's history: one counter for the whole store, raised by every write that changed something.
 *
 * @param value at least 0; 0 is before the first write and, as an expectation, "absent"
 */
public record Revision(long value) implements Comparable<Revision> {

    public static final Revision NONE = new Revision(0);

    public Revision {
        if (value < 0) {
            throw new IllegalArgumentException("a revision is not negative: " + value);
        }
    }

    public static Revision of(long value) {
        return value == 0 ? NONE : new Revision(value);
    }

    public boolean isAfter(Revision other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(value, other.value);
    }

    /** The decimal form that Kubernetes calls a resource version. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
