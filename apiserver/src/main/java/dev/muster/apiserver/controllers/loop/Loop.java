package dev.muster.apiserver.controllers.loop;

import dev.muster.core.store.Revision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a reconciler over the keys it is given, one at a time, on a thread of its own. */
public final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    /** The clock may jump; look at it at least this often. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final String name;
    private final Reconciler reconciler;
    private final Sight sight;
    private final InstantSource clock;
    private final AtomicReference<Revision> named = new AtomicReference<>(Revision.NONE);
    private final WorkQueue queue = new WorkQueue();
    private final LoopStats stats;
    private volatile Thread thread;
    private volatile boolean closed;

    /**
     * What a reconciler sees of the world lags behind what woke it: an index hears of a change before readers see it.
     */
    @FunctionalInterface
    public interface Sight {
        /** Blocks until reads see everything up to the revision; false if that takes too long. */
        boolean reaches(Revision revision) throws InterruptedException;
    }

    /** @param name for the log and the thread */
    public Loop(String name, Reconciler reconciler, Sight sight, InstantSource clock) {
        this(name, reconciler, sight, clock, System::nanoTime);
    }

    Loop(String name, Reconciler reconciler, Sight sight, InstantSource clock, LongSupplier nanoTime) {
        this.stats = new LoopStats(clock, nanoTime);
        this.name = name;
        this.reconciler = reconciler;
        this.sight = sight;
        this.clock = clock;
    }

    /** Has the key looked at soon. Does not block. */
    public void add(String key) {
        queue.add(key, clock.instant());
    }

    /** The same, once what happened at the revision can be seen. */
    public void add(String key, Revision revision) {
        named.accumulateAndGet(revision, (a, b) -> a.isAfter(b) ? a : b);
        add(key);
    }

    public String name() {
        return name;
    }

    /** What is counted of it, and whether it gets on. */
    public LoopStats stats() {
        return stats;
    }

    /** How many keys wait, those of later included. */
    public long depth() {
        return queue.depth();
    }

    /** How often a key was named that did not wait already. */
    public long added() {
        return queue.added();
    }

    public void start() {
        thread = Thread.ofVirtual().name("controller-" + name).start(this::run);
    }

    /** Looks at one key that is due; false when none is. */
    public boolean step() {
        Optional<String> key = queue.take(clock.instant());
        key.ifPresent(this::reconcile);
        return key.isPresent();
    }

    private void reconcile(String key) {
        boolean good = false;
        stats.begins(key);
        try {
            if (!sight.reaches(named.get())) {
                throw new IllegalStateException("what happened cannot be seen yet");
            }
            var again = reconciler.reconcile(key);
            queue.succeeded(key);
            again.ifPresent(after -> queue.add(key, clock.instant().plus(after)));
            good = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            // One object that is too deep, or odd in some other way, is no end for all the others.
            if (!closed) {
                LOG.warn("{}: {} is tried again: {}", name, key, e.toString());
            }
            queue.failed(key, clock.instant());
        } finally {
            stats.ends(good);
        }
    }

    private void run() {
        try {
            while (!closed && !Thread.currentThread().isInterrupted()) {
                stats.turns();
                if (!step()) {
                    queue.await(clock.instant(), GLANCE);
                }
            }
            died(new IllegalStateException("interrupted"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            died(e);
        } catch (RuntimeException | Error e) {
            died(e);
            throw e;
        }
    }

    private void died(Throwable why) {
        if (!closed) {
            LOG.error("controller {} has ended", name, why);
            stats.died(why);
        }
    }

    @Override
    public void close() {
        closed = true;
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
