package dev.muster.apiserver.controllers.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Keys and when each is due. Every key waits at most once: at the earlier of the times it was given. Thread-safe. */
final class WorkQueue {

    private static final Duration FIRST_DELAY = Duration.ofMillis(50);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private record Due(Instant when, String key) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int order = when.compareTo(other.when);
            return order != 0 ? order : key.compareTo(other.key);
        }
    }

    private final TreeSet<Due> order = new TreeSet<>();
    private final Map<String, Due> due = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private long added;

    /** The key is due then, or earlier if it was due earlier already. */
    synchronized void add(String key, Instant when) {
        var known = due.get(key);
        if (known != null && !when.isBefore(known.when())) {
            return;
        }
        if (known != null) {
            order.remove(known);
        } else {
            added++;
        }
        var added = new Due(when, key);
        due.put(key, added);
        order.add(added);
        notifyAll();
    }

    synchronized long depth() {
        return order.size();
    }

    synchronized long added() {
        return added;
    }

    /** Tries again after a while that doubles with each failure. */
    synchronized void failed(String key, Instant now) {
        int times = failures.merge(key, 1, Integer::sum);
        var delay = FIRST_DELAY.multipliedBy(1L << Math.min(times - 1, 20));
        add(key, now.plus(delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY));
    }

    synchronized void succeeded(String key) {
        failures.remove(key);
    }

    /** Takes the key that has been due longest. */
    synchronized Optional<String> take(Instant now) {
        if (order.isEmpty() || order.first().when().isAfter(now)) {
            return Optional.empty();
        }
        String key = order.removeFirst().key();
        due.remove(key);
        return Optional.of(key);
    }

    /** Waits until something may be due, or is added. */
    synchronized void await(Instant now, Duration atMost) throws InterruptedException {
        var wait =
                order.isEmpty() ? atMost : Duration.between(now, order.first().when());
        long millis = (wait.compareTo(atMost) < 0 ? wait : atMost).toMillis();
        if (millis >= 0) {
            wait(Math.max(1, millis));
        }
    }
}
