package dev.muster.http.server;

import dev.muster.http.limit.AddressKey;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Closes connections above the limits as they are accepted, before TLS or a byte of memory is spent on them. */
@ChannelHandler.Sharable
final class AcceptGuard extends ChannelInboundHandlerAdapter {

    private final int most;
    private final int mostPerAddress;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<AddressKey, Integer> byAddress = new ConcurrentHashMap<>();

    AcceptGuard(int most, int mostPerAddress) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Channel accepted && !admit(accepted)) {
            accepted.unsafe().closeForcibly();
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private boolean admit(Channel accepted) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return false;
        }
        if (!(accepted.remoteAddress() instanceof InetSocketAddress remote)
                || remote.getAddress().isLoopbackAddress()) {
            accepted.closeFuture().addListener(_ -> open.decrementAndGet());
            return true;
        }
        var key = AddressKey.of(remote.getAddress());
        if (byAddress.merge(key, 1, Integer::sum) > mostPerAddress) {
            released(key);
            return false;
        }
        accepted.closeFuture().addListener(_ -> released(key));
        return true;
    }

    private void released(AddressKey key) {
        open.decrementAndGet();
        byAddress.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    }

    int open() {
        return open.get();
    }
}
