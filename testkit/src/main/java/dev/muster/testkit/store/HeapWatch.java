package dev.muster.testkit.store;

import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Watch;
import java.time.Duration;
import java.util.List;

/** A watch is a position in the history; it keeps nothing of its own. */
final class HeapWatch implements Watch {

    private final HeapStore store;
    private final Key prefix;
    private long position;
    private boolean closed;
    private boolean compacted;

    HeapWatch(HeapStore store, Key prefix, long after) {
        this.store = store;
        this.prefix = prefix;
        this.position = after;
    }

    @Override
    public Signal next(Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        store.lock().lockInterruptibly();
        try {
            while (true) {
                if (closed || store.closed() || compacted) {
                    return new Signal.Ended(compacted ? "compacted" : "closed");
                }
                if (position < store.oldest()) {
                    compacted = true;
                    return new Signal.Compacted(Revision.of(store.oldest()));
                }
                if (position < store.current()) {
                    return news();
                }
                if (left <= 0) {
                    return position == store.current()
                            ? new Signal.Progress(Revision.of(position))
                            : new Signal.Silence();
                }
                left = store.moved().awaitNanos(left);
            }
        } finally {
            store.lock().unlock();
        }
    }

    private Signal news() {
        List<Event> events = store.since(position).stream()
                .filter(event -> event.key().startsWith(prefix))
                .toList();
        position = store.current();
        Revision known = Revision.of(position);
        return events.isEmpty() ? new Signal.Progress(known) : new Signal.Changes(events, known);
    }

    @Override
    public void close() {
        store.lock().lock();
        try {
            closed = true;
            store.moved().signalAll();
        } finally {
            store.lock().unlock();
        }
    }
}
