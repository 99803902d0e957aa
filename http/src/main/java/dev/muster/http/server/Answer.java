package dev.muster.http.server;

import dev.muster.http.serve.Response;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the answer of one exchange. On the event loop, except {@link #add}. */
final class Answer {

    private static final CharSequence DATE = HttpHeaders.createOptimized("date");
    private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
    private static final long NO_ERROR = 0;
    private static final long CANCEL = 8;

    private final VertxExchange exchange;
    private List<String> added = List.of();
    private boolean closeAfter;
    private boolean finishing;

    Answer(VertxExchange exchange) {
        this.exchange = exchange;
    }

    void add(String name, String value) {
        if (added.isEmpty()) {
            added = new ArrayList<>(8);
        }
        added.add(name);
        added.add(value);
    }

    void closeAfter() {
        closeAfter = true;
    }

    void send(Response response) {
        if (exchange.finished()) {
            return;
        }
        var out = exchange.request.response();
        try {
            head(out, response.status(), response.headers());
            body(out, response.body());
        } catch (IllegalArgumentException e) {
            // A header no parser would take: the handler's bug, found only here.
            Serving.LOG.error("{} {} answered badly", exchange.method(), exchange.path(), e);
            out.headers().clear();
            out.setStatusCode(500);
            finish(out, null);
        }
    }

    private void body(HttpServerResponse out, byte[] body) {
        if (exchange.request.method() == HttpMethod.HEAD) {
            out.headers().set(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
            finish(out, null);
        } else if (body.length > VertxStream.PIECE) {
            out.headers().set(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
            exchange.resume();
            var pieces = exchange.pieces();
            pieces.write(body);
            pieces.end();
            pieces.begin();
        } else {
            finish(out, body.length == 0 ? null : BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
        }
    }

    void begin(int status, Map<String, List<String>> headers, VertxStream stream) {
        if (exchange.finished()) {
            return;
        }
        var out = exchange.request.response();
        head(out, status, headers);
        exchange.awaitNothing();
        if (exchange.request.method() == HttpMethod.HEAD) {
            finish(out, null);
            return;
        }
        exchange.resume();
        if (exchange.request.version() == HttpVersion.HTTP_1_0) {
            closeAfter = true; // the end of the connection is the end of the answer
        } else {
            out.setChunked(true);
            out.writeHead();
        }
        stream.begin();
    }

    /** Ends the response; what the client still sends is not waited for. */
    void finish(HttpServerResponse out, Buffer last) {
        finishing = true;
        boolean more = !exchange.request.isEnded();
        var connection = exchange.connection;
        if (!connection.http2 && more && Expectation.wanted(exchange.request)) {
            closeAfter = true; // nobody knows whether the body comes
        }
        if (closeAfter && !connection.http2) {
            out.headers().set(HttpHeaders.CONNECTION, CLOSE);
            connection.lastAnswer();
        }
        exchange.resume();
        exchange.awaitReading();
        var end = last == null ? out.end() : out.end(last);
        if (connection.http2) {
            if (closeAfter) {
                connection.goAway();
            }
        } else {
            end.onComplete(_ -> written());
        }
    }

    /**
     * The answer is whole and the body still comes: the rest is not wanted, which is not an error (RFC 9113 section 8.1). Asked at
     * the next tick and not at once, since the end of a body that is no body comes just after the head.
     */
    void stopUpload() {
        if (finishing && exchange.connection.http2 && !exchange.finished() && !exchange.request.isEnded()) {
            exchange.request.response().reset(NO_ERROR);
        }
    }

    private void written() {
        if (closeAfter) {
            if (exchange.request.isEnded()) {
                exchange.connection.close();
            } else {
                exchange.connection.closeSoon();
            }
        }
        exchange.finish();
    }

    /** Breaks off, so that the client sees it is not whole. */
    void abort() {
        if (exchange.finished()) {
            return;
        }
        if (exchange.connection.http2) {
            exchange.request.response().reset(CANCEL);
        } else {
            exchange.connection.cut();
        }
    }

    boolean finishing() {
        return finishing;
    }

    private void head(HttpServerResponse out, int status, Map<String, List<String>> headers) {
        out.setStatusCode(status);
        var target = out.headers();
        for (var entry : headers.entrySet()) {
            for (String value : entry.getValue()) {
                put(target, entry.getKey(), value);
            }
        }
        for (int i = 0; i < added.size(); i += 2) {
            put(target, added.get(i), added.get(i + 1));
        }
        target.add(DATE, exchange.connection.loop.date());
        if (closeAfter && !exchange.connection.http2) {
            target.set(HttpHeaders.CONNECTION, CLOSE);
        }
    }

    private void put(MultiMap target, String name, String value) {
        if (name.length() == 10 && name.equalsIgnoreCase("connection")) {
            closeAfter |= value.equalsIgnoreCase("close");
        } else {
            target.add(HeaderText.of(name), HeaderText.of(value));
        }
    }
}
