package dev.muster.http.server;

import dev.muster.http.serve.Stream;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A response that goes on. Writers queue; one task per burst takes the whole queue to the wire in one write, without copying, so
 * that a hundred events cost one TLS record and one system call rather than a hundred.
 */
final class VertxStream implements Stream {

    /** Bytes of one write, so that one stream does not keep the loop and its neighbours waiting. */
    private static final long BURST = 1 << 20;

    private final VertxExchange exchange;
    private final ConcurrentLinkedQueue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean ending;
    private volatile boolean resetting;
    private boolean begun;
    private long outstanding;

    VertxStream(VertxExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void write(byte[] bytes) {
        if (bytes.length == 0 || ending || exchange.finished()) {
            return;
        }
        queued.addAndGet(bytes.length);
        waiting.add(bytes);
        schedule();
    }

    @Override
    public long queued() {
        return queued.get();
    }

    @Override
    public void end() {
        ending = true;
        schedule();
    }

    @Override
    public void reset() {
        resetting = true;
        schedule();
    }

    /** The head is out; on the event loop. */
    void begin() {
        begun = true;
        flush();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            exchange.connection.loop.eventLoop.execute(() -> exchange.guarded(this::flush));
        }
    }

    private void flush() {
        scheduled.set(false);
        if (!begun || exchange.finished() || exchange.answer.finishing()) {
            return;
        }
        if (resetting) {
            exchange.answer.abort();
            return;
        }
        boolean last = ending;
        var out = exchange.request.response();
        var burst = take();
        if (!burst.isEmpty()) {
            long size = 0;
            for (var bytes : burst) {
                size += bytes.length;
            }
            long written = size;
            outstanding += written;
            exchange.awaitReading(outstanding);
            out.write(Answer.wrap(burst.toArray(byte[][]::new))).onComplete(_ -> written(written));
        }
        if (!waiting.isEmpty()) {
            schedule();
        } else if (last) {
            exchange.answer.finish(out, null);
        }
    }

    private ArrayList<byte[]> take() {
        var burst = new ArrayList<byte[]>();
        long size = 0;
        for (byte[] next; size < BURST && (next = waiting.poll()) != null; ) {
            burst.add(next);
            size += next.length;
        }
        return burst;
    }

    private void written(long size) {
        outstanding -= size;
        queued.addAndGet(-size);
        if (!exchange.finished()) {
            exchange.awaitReading(outstanding);
        }
    }
}
