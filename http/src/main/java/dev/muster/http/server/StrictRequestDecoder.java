package dev.muster.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Netty's HTTP/1 decoder behind a stricter look at every head: {@link HeadInspector} sees each byte of it first. Also knows
 * since when a head has been arriving, for the deadline.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private final HeadInspector inspector;
    private boolean inHead = true;
    private boolean refused;
    private int inspectedAhead;
    private long headSince;

    StrictRequestDecoder(Limits limits) {
        super(new Http1ServerConfig()
                .setMaxInitialLineLength(limits.requestLine())
                .setMaxHeaderSize(limits.head())
                .setDecoderInitialBufferSize(1024));
        inspector = new HeadInspector(limits);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
        if (refused) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        if (inHead && buffer.isReadable() && !inspect(buffer, out)) {
            return;
        }
        int before = buffer.readerIndex();
        super.decode(ctx, buffer, out);
        inspectedAhead = Math.max(0, inspectedAhead - (buffer.readerIndex() - before));
        if (out.isEmpty()) {
            return;
        }
        if (out.getLast() instanceof LastHttpContent) {
            inHead = true;
            inspectedAhead = 0;
            inspector.reset();
        } else {
            inHead = false;
        }
        headSince = 0;
    }

    private boolean inspect(ByteBuf buffer, List<Object> out) {
        if (headSince == 0) {
            headSince = System.nanoTime();
        }
        int from = buffer.readerIndex() + inspectedAhead;
        int seen = inspector.inspect(buffer, from, buffer.writerIndex());
        if (inspector.refusal() == null) {
            inspectedAhead = seen - buffer.readerIndex();
            return true;
        }
        refused = true;
        buffer.skipBytes(buffer.readableBytes());
        var invalid = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
        invalid.setDecoderResult(DecoderResult.failure(inspector.refusal()));
        out.add(invalid);
        return false;
    }

    /** Nanoseconds since the first byte of a head whose last byte has not come; 0 when none is open. */
    long headOpenFor(long now) {
        return headSince == 0 ? 0 : now - headSince;
    }

    boolean bodyOpen() {
        return !inHead;
    }
}
