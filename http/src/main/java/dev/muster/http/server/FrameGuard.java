package dev.muster.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.concurrent.TimeUnit;

/**
 * Looks at HTTP/2 frames before Vert.x does. A method that is no token resets its stream (Vert.x would end the connection, and
 * with it the streams of others behind the same proxy). Frames that carry no request but want an answer are counted: PING
 * (CVE-2019-9512), PRIORITY (CVE-2019-9513), SETTINGS (CVE-2019-9515) and unknown ones.
 */
final class FrameGuard extends Http2FrameListenerDecorator {

    private static final int MOST = 1000;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(Limits.RESET_WINDOW_SECONDS);

    private final Loop loop;
    private long windowStart;
    private int count;

    private FrameGuard(Loop loop, Http2ConnectionDecoder decoder) {
        super(decoder.frameListener());
        this.loop = loop;
        this.windowStart = loop.now();
    }

    static void install(Loop loop, Http2ConnectionDecoder decoder) {
        decoder.frameListener(new FrameGuard(loop, decoder));
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext ctx, int stream, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        method(stream, headers);
        super.onHeadersRead(ctx, stream, headers, padding, end);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        method(stream, headers);
        super.onHeadersRead(ctx, stream, headers, dependency, weight, exclusive, padding, end);
    }

    private static void method(int stream, Http2Headers headers) throws Http2Exception {
        var method = headers.method();
        for (int i = 0; method != null && i < method.length(); i++) {
            if (!HeadInspector.token(method.charAt(i))) {
                throw Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, "the method is no token");
            }
        }
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        count();
        super.onPingRead(ctx, data);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
        count();
        super.onSettingsRead(ctx, settings);
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext ctx, int stream, int dependency, short weight, boolean exclusive)
            throws Http2Exception {
        count();
        super.onPriorityRead(ctx, stream, dependency, weight, exclusive);
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext ctx, byte type, int stream, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        count();
        super.onUnknownFrame(ctx, type, stream, flags, payload);
    }

    private void count() throws Http2Exception {
        if (loop.now() - windowStart > WINDOW_NANOS) {
            windowStart = loop.now();
            count = 0;
        }
        if (++count > MOST) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many control frames");
        }
    }
}
