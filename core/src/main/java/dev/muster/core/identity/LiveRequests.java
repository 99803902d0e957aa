package dev.muster.core.identity;

import java.util.Optional;

/**
 * Keeps an eye on requests that go on for long after their credential was judged, watches, and on those made in the name of
 * others. Thread-safe.
 *
 * <p>The front door tells of each; whoever knows that credentials can be taken back or run out ends them.
 */
public interface LiveRequests {

    /** Nobody looks. */
    LiveRequests UNWATCHED = new LiveRequests() {
        @Override
        public Runnable begun(Outcome.Accepted who, Runnable cut) {
            return () -> {};
        }

        @Override
        public Optional<String> takenBack(Outcome.Accepted who) {
            return Optional.empty();
        }
    };

    /**
     * A request has begun.
     *
     * @param who what its credential was accepted as
     * @param cut ends the request; may be called from any thread, at once and more than once; must not block
     * @return to be called when the request is over; may be called more than once
     */
    Runnable begun(Outcome.Accepted who, Runnable cut);

    /**
     * What takes back all that somebody has who was not authenticated here: another acts as them, and nothing is known of how they
     * proved who they are. Asked of every such request; must not block.
     *
     * @return a name for operators; empty when nothing does
     */
    Optional<String> takenBack(Outcome.Accepted who);
}
