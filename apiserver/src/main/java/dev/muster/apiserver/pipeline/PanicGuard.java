package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.negotiate.Responder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what is thrown into an answer, on the event loop and wherever work was sent: a StatusException into its Status,
 * anything else, which is a bug, into a plain 500 that says nothing and a log line that says all.
 */
final class PanicGuard implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(PanicGuard.class);

    private final Responder responder;

    PanicGuard(Responder responder) {
        this.responder = responder;
    }

    @Override
    public void apply(Turn turn) {
        run(turn, turn::proceed);
    }

    void run(Turn turn, Runnable work) {
        try {
            try {
                work.run();
            } catch (StatusException e) {
                if (!turn.responded()) {
                    responder.status(turn, e.status());
                }
            }
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            LOG.error("a fault while serving {}", LogText.of(turn), e);
            turn.failed(e);
            if (turn.responded()) {
                turn.breakOff();
            } else {
                responder.text(
                        turn, 500, "This request met a fault of the server; its log has more under this Audit-ID.\n");
            }
        }
    }
}
