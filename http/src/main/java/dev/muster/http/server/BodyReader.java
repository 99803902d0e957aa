package dev.muster.http.server;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Gathers one request body, never more than was allowed and never more room than has come. */
final class BodyReader {

    private static final byte[] NOTHING = {};
    private static final int FIRST = 16 << 10;

    private final VertxExchange exchange;
    private final int limit;
    private final Consumer<byte[]> then;
    private byte[] bytes = NOTHING;
    private int length;
    private boolean over;

    BodyReader(VertxExchange exchange, int limit, Consumer<byte[]> then) {
        this.exchange = exchange;
        this.limit = limit;
        this.then = then;
    }

    /** Asks the client to go on, if it waits; false when the body is refused unseen. */
    boolean begin() {
        var request = exchange.request;
        if (declared() > limit) {
            refuse();
            return false;
        }
        if (request.isEnded()) {
            over = true;
            exchange.guarded(() -> then.accept(NOTHING));
            return false;
        }
        request.handler(this::chunk);
        request.endHandler(_ -> end());
        if (Expectation.wanted(request)) {
            request.response().writeContinue();
        }
        return true;
    }

    private long declared() {
        var declared = exchange.request.getHeader("content-length");
        try {
            return declared == null ? 0 : Long.parseLong(declared);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE; // longer than any limit
        }
    }

    private void chunk(Buffer chunk) {
        if (over) {
            return;
        }
        int more = chunk.length();
        if (more > limit - length) {
            refuse();
            return;
        }
        if (length + more > bytes.length) {
            int wanted = (int) Math.max(Math.max(length + more, 2L * bytes.length), Math.min(FIRST, declared()));
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(wanted, length + more)));
        }
        chunk.getBytes(bytes, length);
        length += more;
    }

    private void refuse() {
        over = true;
        bytes = NOTHING;
        exchange.fault(new Fault.BodyTooLarge(limit));
    }

    private void end() {
        if (over || exchange.responded()) {
            return;
        }
        over = true;
        exchange.bodyRead();
        var whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        bytes = NOTHING;
        exchange.guarded(() -> then.accept(whole));
    }
}
