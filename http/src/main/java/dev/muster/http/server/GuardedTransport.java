package dev.muster.http.server;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/** A transport whose listening sockets are known, and pass what they accept through a guard first. */
record GuardedTransport(Transport inner, ChannelHandler guard, Set<ServerChannel> listening)
        implements Transport, io.vertx.core.transport.Transport {

    static GuardedTransport best(ChannelHandler guard) {
        var epoll = io.vertx.core.transport.Transport.EPOLL;
        var transport = epoll != null && epoll.available() ? epoll : io.vertx.core.transport.Transport.NIO;
        return new GuardedTransport(transport.implementation(), guard, ConcurrentHashMap.newKeySet());
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        var factory = inner.serverChannelFactory(domainSocket);
        return () -> {
            ServerChannel channel = factory.newChannel();
            channel.pipeline().addLast("guard", guard);
            listening.add(channel);
            channel.closeFuture().addListener(_ -> listening.remove(channel));
            return channel;
        };
    }

    @Override
    public String name() {
        return "guarded";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public Transport implementation() {
        return this;
    }

    @Override
    public boolean supportsDomainSockets() {
        return inner.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return inner.supportFileRegion();
    }

    @Override
    public java.net.SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return inner.convert(address);
    }

    @Override
    public io.vertx.core.net.SocketAddress convert(java.net.SocketAddress address) {
        return inner.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return inner.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return inner.eventLoopGroup(type, threads, factory, ioRatio);
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still speaks of it
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return inner.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return inner.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends io.netty.channel.Channel> channelFactory(boolean domainSocket) {
        return inner.channelFactory(domainSocket);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, io.netty.bootstrap.Bootstrap bootstrap) {
        inner.configure(config, domainSocket, bootstrap);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, io.netty.bootstrap.ServerBootstrap bootstrap) {
        inner.configure(config, domainSocket, bootstrap);
    }
}
