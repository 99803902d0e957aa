package dev.muster.core.store;

import java.util.List;

/** The answer to a list. */
public sealed interface Listing {

    /**
     * Entries in key order as they were at one revision.
     *
     * @param revision the revision read at
     * @param more whether there are further entries after the last one
     */
    record Page(List<Entry> entries, Revision revision, boolean more) implements Listing {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /** The revision asked for has been compacted away. */
    record Compacted(Revision oldest) implements Listing {}

    /** The revision asked for has not happened yet. */
    record Ahead(Revision current) implements Listing {}
}
