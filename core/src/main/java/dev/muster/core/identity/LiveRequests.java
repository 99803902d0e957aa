package dev.muster.core.identity;

/**
 * Keeps an eye on requests that go on for long after their credential was judged: watches. Thread-safe.
 *
 * <p>The front door tells of each; whoever knows that credentials can be taken back or run out ends them.
 */
@FunctionalInterface
public interface LiveRequests {

    /** Nobody looks. */
    LiveRequests UNWATCHED = (_, _) -> () -> {};

    /**
     * A request has begun.
     *
     * @param who what its credential was accepted as
     * @param cut ends the request; may be called from any thread, at once and more than once; must not block
     * @return to be called when the request is over; may be called more than once
     */
    Runnable begun(Outcome.Accepted who, Runnable cut);
}
