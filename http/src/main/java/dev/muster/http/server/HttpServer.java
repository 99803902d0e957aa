package dev.muster.http.server;

import dev.muster.http.serve.Handler;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.impl.SocketAddressImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A listening HTTP server. One instance of it works on every event loop of its runtime. */
public final class HttpServer implements AutoCloseable {

    private static final long STUCK_SECONDS = 60;

    private final ServerRuntime runtime;
    private final boolean own;
    private final Serving serving;
    private final List<io.vertx.core.http.HttpServer> servers = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int port;
    private boolean claimed;

    private HttpServer(ServerRuntime runtime, boolean own, Serving serving) {
        this.runtime = runtime;
        this.own = own;
        this.serving = serving;
    }

    /** Starts a server with threads of its own. */
    public static HttpServer start(ServerConfig config, Handler handler) {
        var runtime = ServerRuntime.start(RuntimeConfig.standard());
        return start(runtime, true, config, handler);
    }

    /** Starts a server that shares its threads. */
    public static HttpServer start(ServerRuntime runtime, ServerConfig config, Handler handler) {
        return start(runtime, false, config, handler);
    }

    private static HttpServer start(ServerRuntime runtime, boolean own, ServerConfig config, Handler handler) {
        var server = new HttpServer(runtime, own, new Serving(config, handler, runtime.lanes));
        try {
            server.listen();
            return server;
        } catch (UncheckedIOException e) {
            server.close();
            throw e;
        } catch (CompletionException e) {
            server.close();
            throw new UncheckedIOException(new IOException(
                    "cannot listen on " + readable(config.address()) + ": "
                            + e.getCause()
                                    .getMessage()
                                    .replaceFirst("^bind\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", ""),
                    e.getCause()));
        }
    }

    private static String readable(InetSocketAddress address) {
        return address.getAddress() == null ? address.toString() : NetUtil.toSocketAddressString(address);
    }

    /**
     * What the first connection would load is loaded before there is one: a class that could not be loaded, because many
     * connections at once had taken every file descriptor, would be missing for as long as the process lives.
     */
    private static void load(TlsConfig tls) {
        if (tls.engine() == TlsEngine.JDK) {
            try {
                MethodHandles.lookup().ensureInitialized(JdkSslContext.class);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void listen() {
        var config = serving.config();
        config.tls().ifPresent(HttpServer::load);
        int shared = runtime.claim(config.address());
        claimed = true;
        for (int i = 0; i < runtime.config.eventLoops(); i++) {
            var context = ((VertxInternal) runtime.vertx).createEventLoopContext();
            var loop = new Loop(serving, context.nettyEventLoop());
            var builder = runtime.vertx.httpServerBuilder().with(VertxConfig.http(config));
            config.tls()
                    .ifPresent(tls -> builder.with(VertxConfig.tls(tls.tls(), config.timeouts()))
                            .with(VertxConfig.engine(tls.engine())));
            var server = builder.build()
                    .connectionHandler(connection -> Connection.opened(loop, connection))
                    .invalidRequestHandler(Dispatcher::invalid)
                    .exceptionHandler(t -> Serving.LOG.debug("connection failed", t))
                    .requestHandler(Dispatcher::request);
            loops.add(loop);
            servers.add(server);
            await(listen(context, server, shared));
            port = server.actualPort();
        }
    }

    /** Listening twice on one port shares it within Vert.x, which hands out connections in turn. */
    private Future<?> listen(Context context, io.vertx.core.http.HttpServer server, int shared) {
        var host = serving.config().address().getAddress().getHostAddress();
        var address = new SocketAddressImpl(shared, host); // the public factory refuses a number below 0
        Promise<Void> listening = Promise.promise();
        context.runOnContext(_ -> server.listen(address).<Void>mapEmpty().onComplete(listening));
        return listening.future();
    }

    private static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(STUCK_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Where it listens, with the port really taken. */
    public InetSocketAddress address() {
        return new InetSocketAddress(serving.config().address().getAddress(), port);
    }

    /**
     * Looks at identity and hints again; connections that are open stay. The JDK's engine looks at each handshake anyway,
     * BoringSSL keeps the hints until told. TLS sessions are forgotten.
     */
    public void reload() {
        var tls = serving.config().tls().orElseThrow();
        var options = VertxConfig.tls(tls.tls(), serving.config().timeouts());
        await(Future.all(servers.stream()
                .map(server -> server.updateSSLOptions(options, true))
                .toList()));
    }

    /**
     * Stops accepting, tells clients to go elsewhere, ends streams, and waits so long for the rest before it closes. The runtime
     * is left alone.
     */
    public void drain(Duration patience) {
        if (port > 0) {
            runtime.stopListening(address()); // first, or whoever is told to go elsewhere may come back here
        }
        var stopped = servers.stream().map(server -> server.shutdown(patience)).toList();
        for (var loop : loops) {
            loop.eventLoop.execute(loop::drain);
        }
        await(Future.join(stopped).otherwiseEmpty());
        loops.forEach(Loop::stop);
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        drain(Duration.ZERO);
        if (claimed) {
            runtime.release(serving.config().address());
        }
        if (own) {
            runtime.close();
        }
    }
}
