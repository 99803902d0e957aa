package dev.muster.core.store;

import java.util.Optional;

/**
 * Bytes under keys, with history. All methods block and are thread-safe; reads see every write that was acknowledged before
 * they began. A store that cannot read throws {@link StoreException}.
 */
public interface Store extends AutoCloseable {

    /** The newest value. */
    Optional<Entry> get(Key key);

    /**
     * Entries whose keys start with the prefix.
     *
     * @param after only keys greater than this one
     * @param at the revision to read at; {@link Revision#NONE} = now
     * @param limit at most this many; 0 = all
     */
    Listing list(Key prefix, Optional<Key> after, Revision at, int limit);

    /** Applies one compare-and-swap write; returns after it is durable, or not at all applied, or in doubt. */
    Write write(Mutation mutation);

    /** Every change below the prefix after the revision. */
    Watch watch(Key prefix, Revision after);

    /** The newest revision. */
    Revision revision();

    /** Forgets history before the revision; the values at it stay. Compacting to the past of an earlier compaction does nothing. */
    void compact(Revision before);

    @Override
    void close();
}
