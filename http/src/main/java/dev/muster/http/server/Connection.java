package dev.muster.http.server;

import dev.muster.core.identity.PeerChain;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** One connection: who the peer is, which exchanges are open, and until when the server waits. Lives on its event loop. */
final class Connection {

    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf("muster.connection");
    private static final long LINGER_NANOS = 500_000_000L;

    final Loop loop;
    final boolean http2;
    final InetSocketAddress remote;
    final Optional<PeerChain> peerChain;
    private final HttpConnection connection;
    private final Channel channel;
    private StrictRequestDecoder decoder;
    private VertxExchange newest;
    private long quietSince;
    private boolean served;
    private boolean goingAway;
    private boolean lastAnswer;
    private long closeAt = Long.MAX_VALUE;
    private long cutAt = Long.MAX_VALUE;

    private Connection(Loop loop, HttpConnection connection, Channel channel) {
        this.loop = loop;
        this.connection = connection;
        this.channel = channel;
        this.http2 = connection.protocolVersion() == HttpVersion.HTTP_2;
        this.remote = (InetSocketAddress) channel.remoteAddress();
        this.peerChain = chain(connection);
        this.quietSince = loop.now();
    }

    /** Called once per connection, when TLS is done and before the first request is read. */
    static void opened(Loop loop, HttpConnection http) {
        var channel = ((ConnectionBase) http).channel();
        var connection = new Connection(loop, http, channel);
        channel.attr(KEY).set(connection);
        if (!connection.http2) {
            connection.decoder = new StrictRequestDecoder(loop.serving.config().limits());
            channel.pipeline().replace("httpDecoder", "httpDecoder", connection.decoder);
        } else {
            FrameGuard.install(
                    loop, channel.pipeline().get(Http2ConnectionHandler.class).decoder());
        }
        loop.add(connection);
        channel.closeFuture().addListener(_ -> connection.closed());
    }

    static Connection of(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().attr(KEY).get();
    }

    private static Optional<PeerChain> chain(HttpConnection connection) {
        var session = connection.sslSession();
        if (session == null) {
            return Optional.empty();
        }
        try {
            var presented = session.getPeerCertificates();
            return Optional.of(
                    new PeerChain(Arrays.asList(Arrays.copyOf(presented, presented.length, X509Certificate[].class))));
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    /** Whether an HTTP/1 connection has had its last answer: what follows is not looked at. */
    boolean closing() {
        return lastAnswer;
    }

    /** What is being written is the last answer here. */
    void lastAnswer() {
        lastAnswer = true;
    }

    void began(VertxExchange exchange) {
        served = true;
        exchange.older = newest;
        if (newest != null) {
            newest.newer = exchange;
        }
        newest = exchange;
    }

    void ended(VertxExchange exchange) {
        if (exchange.newer != null) {
            exchange.newer.older = exchange.older;
        } else {
            newest = exchange.older;
        }
        if (exchange.older != null) {
            exchange.older.newer = exchange.newer;
        }
        if (newest == null) {
            quietSince = loop.now();
        }
    }

    /** No new requests here; those in flight finish. */
    void goAway() {
        if (http2 && !goingAway) {
            goingAway = true;
            var context = channel.pipeline().context(Http2ConnectionHandler.class);
            var handler = (Http2ConnectionHandler) context.handler();
            int last = handler.connection().remote().lastStreamCreated();
            handler.goAway(context, last, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
            context.flush();
        }
    }

    /** Closes, but lets the client read its answer first while it may still be sending. */
    void closeSoon() {
        closeAt = Math.min(closeAt, loop.now() + LINGER_NANOS);
    }

    /** As soon as what is written has left, but not for ever. */
    void close() {
        if (cutAt == Long.MAX_VALUE) {
            cutAt = loop.now() + LINGER_NANOS;
            connection.close();
        }
    }

    /** Now, from under TLS and whatever waits to be written: a peer that takes nothing would keep it open. */
    void cut() {
        channel.pipeline().firstContext().close();
    }

    void tick(long now) {
        for (var exchange = newest; exchange != null; ) {
            var next = exchange.older;
            exchange.tick(now);
            exchange = next;
        }
        if (now >= cutAt) {
            cut();
        } else if (now >= closeAt || newest == null && overdue(now)) {
            close();
        }
    }

    private boolean overdue(long now) {
        var timeouts = loop.serving.config().timeouts();
        long quiet = now - quietSince;
        if (goingAway && quiet > LINGER_NANOS || quiet > timeouts.idle().toNanos()) {
            return true;
        }
        if (!served && quiet > timeouts.head().toNanos()) {
            return true;
        }
        return decoder != null
                && (decoder.headOpenFor(now) > timeouts.head().toNanos()
                        || decoder.bodyOpen() && quiet > timeouts.body().toNanos());
    }

    /** For a drain: no further requests, and those that go on for ever end. */
    void drain() {
        if (newest == null) {
            if (http2) {
                goAway();
            } else {
                close();
            }
            return;
        }
        goAway();
        for (var exchange = newest; exchange != null; exchange = exchange.older) {
            exchange.drain();
        }
    }

    private void closed() {
        loop.remove(this);
        var open = new ArrayList<VertxExchange>();
        for (var exchange = newest; exchange != null; exchange = exchange.older) {
            open.add(exchange);
        }
        open.forEach(VertxExchange::finish);
    }
}
