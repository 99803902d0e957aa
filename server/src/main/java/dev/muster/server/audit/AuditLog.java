package dev.muster.server.audit;

import dev.muster.core.audit.AuditEvent;
import dev.muster.core.audit.AuditSink;
import dev.muster.server.audit.LogSettings.Mode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events to a log, by one thread. What waits is bounded, in number and in bytes. */
public final class AuditLog implements AuditSink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    /** What waits keeps requests and answers in memory. */
    private static final long MOST_BYTES = 128L * 1024 * 1024;

    /** In the modes in which answers wait, requests in flight bound what waits; this is for a disk that hangs. */
    private static final int MOST_WAITING = 100_000;

    private static final long GATHER_NANOS = 2_000_000;
    private static final long FAREWELL_MILLIS = 10_000;

    /** @param then null = nobody waits */
    record Waiting(AuditEvent event, Consumer<Boolean> then) {}

    private final Mode mode;
    private final LogSettings.Batching batching;
    private final int most;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Errors errors = new Errors();
    private final LineWriter lines;
    private final Throttle throttle;
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean closed;

    private AuditLog(LogSettings settings, Outlet outlet) {
        this.mode = settings.mode();
        this.batching = settings.batching();
        this.most = mode == Mode.BATCH ? batching.buffer() : MOST_WAITING;
        this.lines = new LineWriter(settings, outlet, errors);
        this.throttle = new Throttle(batching.perSecond(), batching.burst());
        this.thread = Thread.ofPlatform().name("muster-audit").daemon().unstarted(this::run);
    }

    /** Opens the log; what is in the file stays. */
    public static AuditLog open(LogSettings settings, InstantSource clock) throws IOException {
        var log = new AuditLog(settings, Outlet.of(settings, clock));
        log.thread.start();
        return log;
    }

    @Override
    public boolean strict() {
        return mode == Mode.BLOCKING_STRICT;
    }

    @Override
    public void take(AuditEvent event, Consumer<Boolean> then) {
        long weight = event.weight();
        boolean room = !closed && count.incrementAndGet() <= most;
        if (!room || bytes.addAndGet(weight) > MOST_BYTES) {
            if (room) {
                bytes.addAndGet(-weight);
            }
            if (!closed) {
                count.decrementAndGet();
            }
            errors.lost(Errors.Plugin.BUFFERED, closed ? "the log is closed" : "the queue is full", List.of(event));
            then.accept(!strict());
            return;
        }
        boolean waits = mode != Mode.BATCH;
        queue.add(new Waiting(event, waits ? then : null));
        if (idle) {
            LockSupport.unpark(thread);
        }
        if (!waits) {
            then.accept(true);
        }
    }

    private void run() {
        while (!closed || !queue.isEmpty()) {
            try {
                awaitEvents();
                int batch = Math.max(batching.size(), lines.capacity());
                if (mode == Mode.BATCH) {
                    throttle.await(() -> closed);
                    batch = throttle.isOff() ? batch : batching.size();
                }
                writeUpTo(batch);
            } catch (RuntimeException e) {
                LOG.error("writing audit events failed", e);
            }
        }
    }

    /** Until there is something to write; in mode batch a little longer, so that more is written at once. */
    private void awaitEvents() {
        idle = true;
        while (queue.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        idle = false;
        if (mode != Mode.BATCH || closed) {
            return;
        }
        if (batching.size() <= 1) {
            LockSupport.parkNanos(this, GATHER_NANOS);
            return;
        }
        long until = System.nanoTime() + batching.patience().toNanos();
        long left;
        while (count.get() < batching.size() && !closed && (left = until - System.nanoTime()) > 0) {
            LockSupport.parkNanos(this, Math.min(left, 10 * GATHER_NANOS));
        }
    }

    private void writeUpTo(int batch) {
        for (int i = 0; i < batch; i++) {
            Waiting next = queue.poll();
            if (next == null) {
                break;
            }
            count.decrementAndGet();
            bytes.addAndGet(-next.event().weight());
            lines.add(next);
        }
        lines.flush();
    }

    /** Hands over what is counted: the name of each series, and its value now. */
    public void report(BiConsumer<String, LongSupplier> counters) {
        errors.report(counters);
    }

    /** Writes what waits, and closes the file. */
    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(thread);
        if (!ended()) {
            LOG.error("the audit log does not take what is still to be written: {} events", count.get());
            return;
        }
        writeUpTo(Integer.MAX_VALUE);
        lines.close();
    }

    private boolean ended() {
        try {
            return thread.join(Duration.ofMillis(FAREWELL_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
