package dev.muster.http.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads and the connection limits that all servers of a process share. Close the servers first. */
public final class ServerRuntime implements AutoCloseable {

    static {
        // Read once by Vert.x when its classes load: no DNS client, no WebSockets of its own, no cache folder, no
        // metrics.
        System.setProperty("vertx.disableDnsResolver", "true");
        System.setProperty("vertx.disableWebsockets", "true");
        System.setProperty("vertx.disableMetrics", "true");
        System.setProperty("vertx.disableContextTimings", "true");
        System.setProperty("vertx.disableFileCaching", "true");
        System.setProperty("vertx.disableFileCPResolving", "true");
    }

    final Vertx vertx;
    final Lanes lanes;
    final RuntimeConfig config;
    private final AcceptGuard guard;
    private final GuardedTransport transport;
    private final Set<InetSocketAddress> claimed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger picked = new AtomicInteger();

    private ServerRuntime(RuntimeConfig config) {
        this.config = config;
        guard = new AcceptGuard(config.connections(), config.connectionsPerAddress());
        var options = new VertxOptions()
                .setEventLoopPoolSize(config.eventLoops())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckInterval(TimeUnit.SECONDS.toMillis(10))
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
        transport = GuardedTransport.best(guard);
        vertx = Vertx.builder().with(options).withTransport(transport).build();
        lanes = new Lanes(config.cpuThreads(), config.cpuQueue());
    }

    public static ServerRuntime start(RuntimeConfig config) {
        return new ServerRuntime(config);
    }

    /**
     * The port to give to Vert.x for every event loop's part of one server. Vert.x shares a port among all who ask for it, so a
     * second server must not ask for the first one's; a negative number is a free port shared by those who say the same number.
     */
    int claim(InetSocketAddress address) {
        if (address.getPort() == 0) {
            return -picked.incrementAndGet();
        }
        if (!claimed.add(address)) {
            throw new UncheckedIOException(new IOException("cannot listen on " + address + " twice"));
        }
        return address.getPort();
    }

    void release(InetSocketAddress address) {
        claimed.remove(address);
    }

    /** Returns when the socket that listens there is closed, which Vert.x does at leisure. */
    void stopListening(InetSocketAddress address) {
        for (var channel : transport.listening()) {
            if (channel.localAddress() instanceof InetSocketAddress local
                    && local.getPort() == address.getPort()
                    && sameHost(local, address)) {
                channel.close().awaitUninterruptibly();
            }
        }
    }

    private static boolean sameHost(InetSocketAddress one, InetSocketAddress other) {
        return one.getAddress().equals(other.getAddress())
                || one.getAddress().isAnyLocalAddress() && other.getAddress().isAnyLocalAddress();
    }

    /** Connections open now, of all servers. */
    public int openConnections() {
        return guard.open();
    }

    @Override
    public void close() {
        lanes.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
