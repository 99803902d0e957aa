package dev.muster.store.compact;

import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history of a time, as kube-apiserver does with etcd, but never more than a number of revisions. It notes how
 * far the store is each time it is asked, and compacts to what it noted long enough ago.
 */
public final class Compactor implements AutoCloseable {

    /** As {@code --etcd-compaction-interval}. */
    public static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    private final Store store;
    private final long keep;
    private final long mostRevisions;
    private final LongSupplier nanoTime;
    private final ArrayDeque<Note> notes = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Revision compacted = Revision.NONE;

    private record Note(long time, Revision revision) {}

    /**
     * For a store.
     *
     * @param keep how long history stays at least
     * @param mostRevisions how many revisions of history stay at most, whatever the time
     * @param nanoTime a clock that only moves forward
     */
    public Compactor(Store store, Duration keep, long mostRevisions, LongSupplier nanoTime) {
        this.store = store;
        this.keep = keep.toNanos();
        this.mostRevisions = mostRevisions;
        this.nanoTime = nanoTime;
    }

    /** Looks every so often, on a thread of its own, until closed. */
    public Compactor start(Duration every) {
        Thread.ofPlatform().name("muster-compactor").daemon().start(() -> {
            try {
                while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                    tick();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    /** Notes where the store is, and compacts what is old. */
    public synchronized void tick() {
        try {
            long now = nanoTime.getAsLong();
            Revision current = store.revision();
            notes.add(new Note(now, current));
            Revision target = compacted;
            while (!notes.isEmpty() && now - notes.peek().time >= keep) {
                target = notes.remove().revision;
            }
            long atLeast = current.value() - mostRevisions;
            if (atLeast > target.value()) {
                target = Revision.of(atLeast);
            }
            if (target.isAfter(compacted)) {
                store.compact(target);
                compacted = target;
            }
        } catch (StoreException e) {
            if (closed.getCount() > 0) {
                LOG.warn("the store was not compacted: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
