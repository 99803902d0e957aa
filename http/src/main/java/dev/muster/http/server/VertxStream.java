package dev.muster.http.server;

import dev.muster.http.serve.Stream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A response that goes on, or a whole one too large for one write. Writers queue; one task per burst takes the queue to the wire
 * in few writes and without copying, so that a hundred events cost one TLS record and one system call rather than a hundred. Only
 * a window of it is handed to TLS and flow control at a time, so that a reader who takes nothing costs no second copy, and every
 * piece that leaves is a sign of life.
 */
final class VertxStream implements Stream {

    /** Bytes of one write. */
    static final int PIECE = 64 << 10;

    private static final long WINDOW = 4L * PIECE;

    private final VertxExchange exchange;
    private final ConcurrentLinkedQueue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean ending;
    private volatile boolean resetting;
    private boolean begun;
    private boolean flushing;
    private long outstanding;
    private byte[] cut;
    private int cutAt;

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
        if (!begun || flushing || exchange.finished() || exchange.answer.finishing()) {
            return;
        }
        if (resetting) {
            exchange.answer.abort();
            return;
        }
        boolean last = ending;
        flushing = true; // what is written at once comes back here
        try {
            fill();
        } finally {
            flushing = false;
        }
        if (last && cut == null && waiting.isEmpty()) {
            exchange.answer.finish(exchange.request.response(), null);
        }
    }

    private void fill() {
        while (outstanding < WINDOW) {
            var piece = new ArrayList<ByteBuf>();
            int size = take(piece);
            if (size == 0) {
                return;
            }
            if (outstanding == 0) {
                exchange.awaitReading();
            }
            outstanding += size;
            var buffer = piece.size() == 1 ? piece.getFirst() : Unpooled.wrappedBuffer(piece.toArray(ByteBuf[]::new));
            exchange.request.response().write(BufferInternal.buffer(buffer)).onComplete(_ -> written(size));
        }
    }

    /** The next piece, of as many writes as fit into it. */
    private int take(ArrayList<ByteBuf> piece) {
        int size = 0;
        while (size < PIECE) {
            if (cut == null) {
                cut = waiting.poll();
                cutAt = 0;
                if (cut == null) {
                    return size;
                }
            }
            int length = Math.min(cut.length - cutAt, PIECE - size);
            piece.add(Unpooled.wrappedBuffer(cut, cutAt, length));
            size += length;
            cutAt += length;
            if (cutAt == cut.length) {
                cut = null;
            }
        }
        return size;
    }

    private void written(int size) {
        outstanding -= size;
        queued.addAndGet(-size);
        if (exchange.finished() || exchange.answer.finishing()) {
            return;
        }
        if (outstanding > 0) {
            exchange.awaitReading();
        } else {
            exchange.awaitNothing();
        }
        flush();
    }
}
