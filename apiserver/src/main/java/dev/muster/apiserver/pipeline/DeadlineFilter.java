package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.GoDuration;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import java.time.Duration;

/**
 * Gives a request the time it asks for with {@code timeout}, at most the server's own; long-running ones have no limit here.
 * The timer itself is started only for a request that is not answered at once.
 */
final class DeadlineFilter implements Filter {

    private final Duration most;

    DeadlineFilter(Duration most) {
        this.most = most;
    }

    @Override
    public void apply(Turn turn) {
        if (!turn.info().longRunning()) {
            turn.timeoutMillis(millis(turn));
        }
        turn.proceed();
    }

    private long millis(Turn turn) {
        if (!turn.rawQuery().contains("timeout")) {
            return most.toMillis();
        }
        String asked = turn.query().text("timeout");
        if (asked.isEmpty()) {
            return most.toMillis();
        }
        try {
            var wanted = GoDuration.parse(asked);
            boolean shorter = wanted.isPositive() && wanted.compareTo(most) < 0;
            return Math.max(1, (shorter ? wanted : most).toMillis());
        } catch (IllegalArgumentException e) {
            throw new StatusException(
                    RequestStatuses.badRequest("invalid timeout specified in the request URL - " + e.getMessage()));
        }
    }
}
