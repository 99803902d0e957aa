package dev.muster.core.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All objects below one prefix, decoded and in memory, kept current by one watch. Reads never block. A write is read back
 * through it: {@link #await} the write's revision first.
 *
 * @param <T> the decoded form; immutable
 */
public interface Cache<T> extends AutoCloseable {

    /** The newest value this cache has heard of. */
    Optional<Cached<T>> get(Key key);

    /** All values below the prefix in key order, all of one revision. Costs no copy of the values. */
    Snapshot<T> list(Key prefix);

    /** Everything up to this revision has been applied here and in every index fed from here. */
    Revision revision();

    /** Blocks until {@link #revision()} reaches the revision; false if the time runs out first. */
    boolean await(Revision revision, Duration atMost) throws InterruptedException;

    /**
     * Tells the listener of every change below the prefix after the revision, in order. Past changes still remembered come
     * first, in the calling thread or the cache's own.
     *
     * @return empty when the cache no longer remembers that far back
     */
    Optional<Subscription> watch(Key prefix, Revision after, Listener<T> listener);

    /** Attaches an index: it is reset to the present state now, and then applied to before {@link #revision()} moves. */
    Subscription feed(Key prefix, Index<T> index);

    /** When the store was last heard of, for health and heartbeat; negative when never. Nanoseconds of the cache's clock. */
    Duration sinceLastHeard();

    @Override
    void close();

    /** One value and the revision that gave it. */
    record Cached<T>(Key key, T value, Revision revision) {}

    /** Values in key order at one revision. */
    record Snapshot<T>(List<Cached<T>> items, Revision revision) {}

    /** Ends a watch or a feed; may be called more than once and from anywhere. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Hears of changes on the cache's own thread: must be quick and must not block. */
    interface Listener<T> {
        void changed(Change<T> change);

        /** Everything up to the revision has been told; said about once a second, whatever revision is waited for. */
        void progress(Revision revision);

        /** There will be no more: the cache lost touch with the store's history or was closed. */
        void lost(String why);
    }

    /** A derived structure. Called by one thread at a time; must be quick. */
    interface Index<T> {
        void reset(Snapshot<T> all);

        void apply(List<Change<T>> changes, Revision revision);
    }

    /** One change, shared by all who hear of it. */
    interface Change<T> {
        Key key();

        /** Empty = deleted. */
        Optional<Cached<T>> now();

        /** Empty = created. */
        Optional<Cached<T>> before();

        Revision revision();

        /** A value derived from this change, computed once however many ask; the slot is compared by identity. */
        <R> R derived(Slot<R> slot, Function<Change<T>, R> compute);
    }

    /** Names one derived value of a change; keep it in a static field. */
    final class Slot<R> {
        @Override
        public String toString() {
            return "slot";
        }
    }
}
