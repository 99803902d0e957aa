package dev.muster.store.watchcache;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Bounds and clock of a watch cache.
 *
 * @param remembered past changes kept for watches that begin in the past
 * @param rememberedFor how long a past change is kept at most
 * @param openWithin how long opening may take
 * @param retryAfter the first pause after a failure of the store; it doubles up to 32 times itself
 * @param nanoTime a clock that only moves forward, in nanoseconds
 */
public record WatchCacheOptions(
        int remembered, Duration rememberedFor, Duration openWithin, Duration retryAfter, LongSupplier nanoTime) {

    public static final WatchCacheOptions DEFAULT = new WatchCacheOptions(
            10_000, Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMillis(100), System::nanoTime);

    public WatchCacheOptions {
        if (remembered < 1 || rememberedFor.isNegative() || !retryAfter.isPositive()) {
            throw new IllegalArgumentException("bounds are positive");
        }
    }

    /** The same with another bound of what is remembered. */
    public WatchCacheOptions remembering(int changes, Duration atMost) {
        return new WatchCacheOptions(changes, atMost, openWithin, retryAfter, nanoTime);
    }

    /** The same with other pauses after failures. */
    public WatchCacheOptions retrying(Duration after) {
        return new WatchCacheOptions(remembered, rememberedFor, openWithin, after, nanoTime);
    }

    /** The same by another clock. */
    public WatchCacheOptions by(LongSupplier clock) {
        return new WatchCacheOptions(remembered, rememberedFor, openWithin, retryAfter, clock);
    }
}
