package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.negotiate.Responder;
import dev.muster.core.identity.User;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * At most so many requests at once, readers and writers apart; more are 429. Long-running requests do not count, and
 * {@code system:masters} is always served, so that a flood cannot keep out who would stop it.
 */
final class InFlight implements Filter {

    /** Counts the requests of one sort. */
    static final class Share {
        private final AtomicInteger taken = new AtomicInteger();
        private final int limit;

        Share(int limit) {
            this.limit = limit;
        }

        boolean tryTake() {
            if (taken.incrementAndGet() <= limit) {
                return true;
            }
            taken.decrementAndGet();
            return false;
        }

        void release() {
            taken.decrementAndGet();
        }

        int taken() {
            return taken.get();
        }
    }

    private final Share reading;
    private final Share mutating;
    private final Responder responder;

    InFlight(Share reading, Share mutating, Responder responder) {
        this.reading = reading;
        this.mutating = mutating;
        this.responder = responder;
    }

    @Override
    public void apply(Turn turn) {
        var info = turn.info();
        if (info.longRunning()) {
            turn.proceed();
            return;
        }
        var share = switch (info.verb()) {
            case "get", "list", "watch" -> reading;
            default -> mutating;
        };
        if (share.tryTake()) {
            turn.share(share);
            turn.proceed();
        } else if (turn.user().isIn(User.MASTERS)) {
            turn.proceed();
        } else {
            turn.addHeader("retry-after", "1");
            responder.text(turn, 429, "Too many requests, please try again later.\n");
        }
    }
}
