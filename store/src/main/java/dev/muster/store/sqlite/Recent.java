package dev.muster.store.sqlite;

import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The newest committed events, for all watches together. A watch is a position in the sequence of revisions: it reads on
 * from here, and from the file when it has fallen behind what is kept here. So a slow watch costs nothing.
 */
final class Recent {

    private static final int SLICE = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final int maxEvents;
    private final long maxBytes;
    private long bytes;
    /** All events after this revision, up to the published one, are kept. */
    private long floor;

    private volatile long published;
    private volatile boolean closed;

    Recent(long current, int maxEvents, long maxBytes) {
        this.floor = current;
        this.published = current;
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    long published() {
        return published;
    }

    boolean closed() {
        return closed;
    }

    /** Makes committed events known, in order. */
    void publish(List<Event> batch) {
        lock.lock();
        try {
            for (Event event : batch) {
                events.add(event);
                bytes += Slice.bytes(event);
            }
            while (events.size() > maxEvents || bytes > maxBytes) {
                Event dropped = events.remove();
                bytes -= Slice.bytes(dropped);
                floor = dropped.revision().value();
            }
            published = batch.getLast().revision().value();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something after the position is published; false if time ran out or the watch is over. */
    boolean await(long position, Duration wait, BooleanSupplier over) throws InterruptedException {
        if (published > position) {
            return true;
        }
        long left = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (published <= position && !closed && !over.getAsBoolean() && left > 0) {
                left = moved.awaitNanos(left);
            }
            return published > position;
        } finally {
            lock.unlock();
        }
    }

    /** What happened below the prefix after the position; empty if that is no longer here. */
    Optional<Slice> after(long position, Key prefix) {
        lock.lock();
        try {
            if (position < floor) {
                return Optional.empty();
            }
            var found = new ArrayList<Event>();
            long upTo = position;
            // Revisions of the kept events follow each other without gaps, so the newest n are the last n.
            int skip = (int) (events.size() - (published - position));
            int looked = 0;
            for (Event event : events) {
                if (skip-- > 0) {
                    continue;
                }
                if (looked++ == SLICE) {
                    break;
                }
                upTo = event.revision().value();
                if (event.key().startsWith(prefix)) {
                    found.add(event);
                }
            }
            return Optional.of(new Slice(found, upTo));
        } finally {
            lock.unlock();
        }
    }

    /** Lets all waiters look again. */
    void wake() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        closed = true;
        wake();
    }
}
