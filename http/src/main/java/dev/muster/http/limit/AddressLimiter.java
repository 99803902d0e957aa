package dev.muster.http.limit;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A bucket of requests per address, asked before anybody is authenticated. What an address may spend comes back steadily; a bucket
 * that is full again is forgotten, since it says nothing.
 *
 * <p>The table is bounded. When it is full the address that has been silent longest gives way: an attacker with that many
 * addresses gains at most the fresh bucket each of them had anyway.
 */
public final class AddressLimiter {

    /**
     * @param perSecond requests that come back to a bucket each second
     * @param burst requests a full bucket holds
     * @param addresses buckets kept at once
     * @param loopback whether local callers are counted; behind a local proxy they are all one address
     */
    public record Settings(double perSecond, int burst, int addresses, boolean loopback) {

        /** More than any client-go sends by itself, less than a guesser of passwords wants. */
        public static final Settings DEFAULT = new Settings(400, 800, 50_000, false);

        public Settings {
            if (!(perSecond > 0) || burst < 1 || addresses < 1) {
                throw new IllegalArgumentException("a limiter lets something through");
            }
        }
    }

    private static final int STRIPES = 16;
    private static final double NANOS = 1e9;

    private final Settings settings;
    private final LongSupplier nanoTime;
    private final Stripe[] stripes = new Stripe[STRIPES];

    /** @param nanoTime a clock that never goes back, as {@link System#nanoTime} */
    public AddressLimiter(Settings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        int each = Math.max(1, settings.addresses() / STRIPES);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(each);
        }
    }

    /**
     * Takes one request out of the address's bucket.
     *
     * @return empty when there was one; otherwise how long until there will be, nanoseconds
     */
    public OptionalLong take(InetAddress address) {
        if (!settings.loopback() && address.isLoopbackAddress()) {
            return OptionalLong.empty();
        }
        var key = AddressKey.of(address);
        return stripes[(int) (spread(key) & (STRIPES - 1))].take(key, nanoTime.getAsLong());
    }

    /** As {@link #take}, in whole seconds for a {@code Retry-After} header; 0 when the request may go on. */
    public long secondsToWait(InetAddress address) {
        var wait = take(address);
        return wait.isEmpty()
                ? 0
                : Math.max(1, Duration.ofNanos(wait.getAsLong()).plusMillis(999).toSeconds());
    }

    /** Buckets kept now. */
    public int size() {
        int size = 0;
        for (var stripe : stripes) {
            size += stripe.size();
        }
        return size;
    }

    private static long spread(AddressKey key) {
        long mixed = key.bits() * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 32;
    }

    /** Part of the table, so that event loops seldom meet; in order of last use. */
    private final class Stripe extends LinkedHashMap<AddressKey, Bucket> {

        private static final long serialVersionUID = 1L;

        private final int most;

        Stripe(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressKey, Bucket> eldest) {
            return size() > most;
        }

        synchronized OptionalLong take(AddressKey key, long now) {
            var bucket = get(key);
            if (bucket == null) {
                bucket = new Bucket(settings.burst(), now);
                put(key, bucket);
            }
            bucket.refill(now);
            if (bucket.tokens >= 1) {
                bucket.tokens -= 1;
                return OptionalLong.empty();
            }
            return OptionalLong.of((long) ((1 - bucket.tokens) / settings.perSecond() * NANOS) + 1);
        }

        @Override
        public synchronized int size() {
            return super.size();
        }
    }

    private final class Bucket {
        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }

        void refill(long now) {
            long passed = Math.max(0, now - at);
            tokens = Math.min(settings.burst(), tokens + passed / NANOS * settings.perSecond());
            at = now;
        }
    }
}
