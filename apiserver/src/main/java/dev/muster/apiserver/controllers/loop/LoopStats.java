package dev.muster.apiserver.controllers.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What is counted of a loop, and by what one sees that it has stopped. Written by the loop's thread, read by anybody. */
public final class LoopStats {

    /** No single look takes this long: whatever a reconciler waits for has a deadline of its own. */
    static final Duration STALLED = Duration.ofMinutes(5);

    private static final double NANOS = 1e9;

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile long succeeded;
    private volatile long failed;
    private volatile long workedNanos;
    private volatile long turned;
    private volatile Instant lastSuccess = Instant.EPOCH;
    private volatile Running running;
    private volatile String end = "";

    private record Running(String key, long since) {}

    /** @param nanoTime a clock that never goes back, as {@link System#nanoTime} */
    LoopStats(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.turned = nanoTime.getAsLong();
    }

    /** The loop goes round. */
    void turns() {
        turned = nanoTime.getAsLong();
    }

    void begins(String key) {
        running = new Running(key, nanoTime.getAsLong());
    }

    /** One thread writes, so these are no races. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void ends(boolean good) {
        var done = running;
        if (done != null) {
            workedNanos += nanoTime.getAsLong() - done.since();
        }
        running = null;
        if (good) {
            succeeded++;
            lastSuccess = clock.instant();
        } else {
            failed++;
        }
    }

    /** The thread is gone, though nobody closed the loop. */
    void died(Throwable why) {
        end = why.toString();
    }

    /** How often a key was looked at, and it worked. */
    public long succeeded() {
        return succeeded;
    }

    /** How often it did not; each of them is tried again. */
    public long failed() {
        return failed;
    }

    /** In looking at keys, altogether. */
    public double workedSeconds() {
        return workedNanos / NANOS;
    }

    /** Since the key that is looked at now was taken; 0 when none is. */
    public double runningSeconds() {
        var now = running;
        return now == null ? 0 : Math.max(0, nanoTime.getAsLong() - now.since()) / NANOS;
    }

    /** {@link Instant#EPOCH} = never. */
    public Instant lastSuccess() {
        return lastSuccess;
    }

    /** Why nothing will come of this loop any more, or has not for long. */
    public Optional<String> problem() {
        if (!end.isEmpty()) {
            return Optional.of("its loop has ended: " + end);
        }
        var now = running;
        long since = now == null ? turned : now.since();
        var passed = Duration.ofNanos(nanoTime.getAsLong() - since);
        if (passed.compareTo(STALLED) < 0) {
            return Optional.empty();
        }
        return Optional.of((now == null ? "it has not moved" : "it has been looking at " + now.key()) + " for "
                + passed.toSeconds() + " s");
    }
}
