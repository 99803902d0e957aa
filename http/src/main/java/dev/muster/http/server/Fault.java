package dev.muster.http.server;

import java.time.Duration;

/** Why the server, and no handler, has to answer a request. */
public sealed interface Fault {

    /** A handler or its offloaded work threw: a bug. */
    record Thrown(Throwable cause) implements Fault {}

    /** No room for the work, now. */
    record Busy(Duration retryAfter) implements Fault {}

    /** The body is, or says it is, longer than may be. */
    record BodyTooLarge(long limit) implements Fault {}

    /** The body did not come in time. */
    record BodyTooSlow() implements Fault {}

    /** No handler answered in time. */
    record Unanswered() implements Fault {}
}
