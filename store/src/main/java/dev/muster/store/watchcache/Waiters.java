package dev.muster.store.watchcache;

import dev.muster.core.store.Revision;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Those who wait for a revision, by revision, so that an announcement wakes nobody in vain. */
final class Waiters {

    private final ConcurrentSkipListMap<Place, CompletableFuture<Boolean>> waiting = new ConcurrentSkipListMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private volatile boolean closed;

    private record Place(Revision revision, long number) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = revision.compareTo(other.revision);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    boolean await(Revision revision, Duration atMost, Supplier<Revision> current) throws InterruptedException {
        if (!revision.isAfter(current.get())) {
            return true;
        }
        var place = new Place(revision, sequence.incrementAndGet());
        var reached = new CompletableFuture<Boolean>();
        waiting.put(place, reached);
        try {
            if (closed || !revision.isAfter(current.get())) {
                return !revision.isAfter(current.get());
            }
            return reached.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            waiting.remove(place);
        }
    }

    void reached(Revision revision) {
        Map.Entry<Place, CompletableFuture<Boolean>> first = waiting.firstEntry();
        while (first != null && !first.getKey().revision().isAfter(revision)) {
            waiting.remove(first.getKey());
            first.getValue().complete(true);
            first = waiting.firstEntry();
        }
    }

    void close() {
        closed = true;
        waiting.values().forEach(waiter -> waiter.complete(false));
    }
}
