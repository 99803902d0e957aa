package dev.muster.core.store;

import java.time.Duration;
import java.util.List;

/** An open watch. Read by one thread; closed by any. */
public interface Watch extends AutoCloseable {

    /** Waits until there is something to say, at most this long. After {@code Compacted} or {@code Ended} there is no more. */
    Signal next(Duration wait) throws InterruptedException;

    @Override
    void close();

    /** What a watch says. */
    sealed interface Signal {

        /** Changes in order, whole revisions at a time; everything up to the revision has now been said. */
        record Changes(List<Event> events, Revision revision) implements Signal {
            public Changes {
                events = List.copyOf(events);
            }
        }

        /** Nothing concerned this watch up to the revision: the store is alive and this much is known. */
        record Progress(Revision revision) implements Signal {}

        /** Nothing was heard in the time given. */
        record Silence() implements Signal {}

        /** The watch fell behind what the store remembers: list again. */
        record Compacted(Revision oldest) implements Signal {}

        /** The watch is over: closed here or broken there. */
        record Ended(String why) implements Signal {}
    }
}
