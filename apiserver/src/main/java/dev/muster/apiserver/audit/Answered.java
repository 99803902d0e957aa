package dev.muster.apiserver.audit;

import dev.muster.http.serve.Response;

/** How a request was answered. */
sealed interface Answered {

    /** Not yet. */
    record NotYet() implements Answered {}

    /**
     * By the handler or on the way to it.
     *
     * @param body null = there was none that is recorded
     */
    record With(int code, Response body) implements Answered {}

    /** The client had gone before. */
    record GoneBefore() implements Answered {}

    /** By a fault. @param what its kind, not its message, which may quote what was sent */
    record Fault(String what) implements Answered {}

    Answered NOT_YET = new NotYet();

    default long weight() {
        return this instanceof With with && with.body() != null ? with.body().body().length : 0;
    }
}
