package dev.muster.authn.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When an unknown key id is worth asking the issuer: a few times at once, then every few seconds, however many strangers come; and
 * for one id that was not found, ever more seldom. Thread-safe, bounded.
 */
final class Asking {

    /** So many at once, and one more after each {@link #EVERY}. */
    private static final int AT_ONCE = 3;

    private static final Duration EVERY = Duration.ofSeconds(10);

    private static final int LONGEST_ID = 256;
    private static final int REMEMBERED = 1024;
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofMinutes(5);

    private final Map<String, Missing> missing = new LinkedHashMap<>();
    private int left = AT_ONCE;
    private Instant counted = Instant.MIN;

    private record Missing(Instant until, Duration pause) {}

    /** Whether this id may be asked for at all. */
    synchronized boolean isWorth(String id, Instant now) {
        if (id.length() > LONGEST_ID) {
            return false;
        }
        var known = missing.get(id);
        return (known == null || !now.isBefore(known.until())) && left(now) > 0;
    }

    /** One fetch is about to be made; false when it must not. */
    synchronized boolean spend(Instant now) {
        if (left(now) == 0) {
            return false;
        }
        left--;
        return true;
    }

    private int left(Instant now) {
        if (left == AT_ONCE || now.isBefore(counted)) {
            counted = now;
        } else {
            long more = Duration.between(counted, now).dividedBy(EVERY);
            left = (int) Math.min(AT_ONCE, left + more);
            counted = counted.plus(EVERY.multipliedBy(more));
        }
        return left;
    }

    /** The issuer was asked and does not have it. */
    synchronized void notFound(String id, Instant now) {
        var before = missing.remove(id);
        var pause = before == null ? FIRST : before.pause().multipliedBy(2);
        if (pause.compareTo(LAST) > 0) {
            pause = LAST;
        }
        if (missing.size() >= REMEMBERED) {
            missing.remove(missing.keySet().iterator().next());
        }
        missing.put(id, new Missing(now.plus(pause), pause));
    }
}
