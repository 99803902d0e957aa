package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.Status;
import dev.muster.apiserver.negotiate.Responder;
import dev.muster.http.serve.Response;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Answers 504 for handlers that do not answer in time. */
final class Deadlines {

    static final Status TIMEOUT = RequestStatuses.timeout("request did not complete within the allotted timeout", 0);

    private final ScheduledExecutorService timer;
    private final Responder responder;

    Deadlines(ScheduledExecutorService timer, Responder responder) {
        this.timer = timer;
        this.responder = responder;
    }

    /** Starts the clock of a turn that goes on elsewhere. The form of the answer is chosen now, while headers are at rest. */
    void watch(Turn turn) {
        if (turn.timeoutMillis() == 0) {
            return;
        }
        var form = responder.formOfErrors(turn);
        turn.timer(timer.schedule(
                () -> turn.expire(
                        new Response(TIMEOUT.code(), form.type().headers(), responder.encode(TIMEOUT.toTree(), form))),
                turn.timeoutMillis(),
                TimeUnit.MILLISECONDS));
    }
}
