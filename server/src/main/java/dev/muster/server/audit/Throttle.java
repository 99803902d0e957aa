package dev.muster.server.audit;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A bucket of tokens: so many at once, so many a second. For one thread. */
final class Throttle {

    private static final long POLL_NANOS = 10_000_000;

    private final double perSecond;
    private final int burst;
    private double tokens;
    private long filled = System.nanoTime();

    /** @param perSecond 0 = no limit */
    Throttle(double perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
    }

    boolean isOff() {
        return perSecond <= 0;
    }

    /** Takes a token when there is one; at the end of all there is no waiting. */
    void await(BooleanSupplier ending) {
        if (isOff()) {
            return;
        }
        while (!ending.getAsBoolean()) {
            long now = System.nanoTime();
            tokens = Math.min(burst, tokens + (now - filled) * 1e-9 * perSecond);
            filled = now;
            if (tokens >= 1) {
                tokens--;
                return;
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }
}
