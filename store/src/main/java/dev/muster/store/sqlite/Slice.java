package dev.muster.store.sqlite;

import dev.muster.core.store.Event;
import java.util.List;

/**
 * Some events in order, and how far they reach: there are no others that were asked for up to that revision.
 */
record Slice(List<Event> events, long upTo) {

    /** Roughly what an event holds in memory. */
    static long bytes(Event event) {
        return 200L
                + event.key().path().length()
                + event.now().map(entry -> entry.value().length).orElse(0)
                + event.before().map(entry -> entry.value().length).orElse(0);
    }
}
