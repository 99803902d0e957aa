package dev.muster.authn.uniquename;

import java.util.concurrent.atomic.AtomicInteger;

/** Who gives user names: an authenticator, or one issuer of it. Each is only itself. */
public final class Source {

    private final String name;
    private final int rank;
    private final AtomicInteger names = new AtomicInteger();

    Source(String name, int rank) {
        this.name = name;
        this.rank = rank;
    }

    /** As operators know it. */
    public String name() {
        return name;
    }

    /** Whether it comes before another in the chain. */
    boolean isBefore(Source other) {
        return rank < other.rank;
    }

    /** Takes a place for one more name, of so many; false when there is none. */
    boolean enter(int most) {
        if (names.incrementAndGet() <= most) {
            return true;
        }
        names.decrementAndGet();
        return false;
    }

    void leave() {
        names.decrementAndGet();
    }

    @Override
    public String toString() {
        return name;
    }
}
