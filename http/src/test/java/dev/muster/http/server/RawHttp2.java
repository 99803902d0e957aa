package dev.muster.http.server;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 client that writes any frame it is told to (RFC 9113). */
final class RawHttp2 implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    private static final int PRIORITY = 32;

    record Frame(int type, int flags, int stream, byte[] payload) {
        /** Of RST_STREAM the error, of GOAWAY the error. */
        int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    private final SSLSocket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

    RawHttp2(InetSocketAddress server, SSLContext tls) throws IOException {
        socket = (SSLSocket) tls.getSocketFactory().createSocket(server.getAddress(), server.getPort());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        socket.startHandshake();
        if (!socket.getApplicationProtocol().equals("h2")) {
            throw new IOException("the server does not speak h2");
        }
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    RawHttp2 frame(int type, int flags, int stream, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        out.write(frame.array());
        out.flush();
        return this;
    }

    /** A request without body. */
    RawHttp2 get(int stream, String path) throws IOException {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", path, Map.of()));
    }

    RawHttp2 reset(int stream) throws IOException {
        return frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }

    static byte[] request(String method, String path, Map<String, String> more) {
        var block = new java.io.ByteArrayOutputStream();
        field(block, ":method", method);
        field(block, ":scheme", "https");
        field(block, ":authority", "localhost");
        field(block, ":path", path);
        more.forEach((name, value) -> field(block, name, value));
        return block.toByteArray();
    }

    /** Literal without indexing, no Huffman (RFC 7541 section 6.2.2). */
    static void field(java.io.ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String text : new String[] {name, value}) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            if (bytes.length < 127) {
                block.write(bytes.length);
            } else {
                block.write(127);
                int rest = bytes.length - 127;
                for (; rest >= 128; rest >>= 7) {
                    block.write(rest & 127 | 128);
                }
                block.write(rest);
            }
            block.writeBytes(bytes);
        }
    }

    Frame next() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(type, flags, stream, in.readNBytes(length));
    }

    /** The first frame of the kind looked for; the others are passed over. */
    Frame await(Predicate<Frame> wanted) throws IOException {
        while (true) {
            var frame = next();
            if (wanted.test(frame)) {
                return frame;
            }
        }
    }

    Frame awaitGoAway() throws IOException {
        return await(frame -> frame.type() == GOAWAY);
    }

    /** The status of a stream's answer; the error of its reset, negative, when it has none. */
    int status(int stream) throws IOException {
        while (true) {
            var frame = next();
            if (frame.type() == HEADERS) {
                try {
                    int priority = (frame.flags() & PRIORITY) != 0 ? 5 : 0;
                    var block = Unpooled.wrappedBuffer(frame.payload(), priority, frame.payload().length - priority);
                    var headers = decoder.decodeHeaders(frame.stream(), block);
                    if (frame.stream() == stream) {
                        return Integer.parseInt(headers.status().toString());
                    }
                } catch (io.netty.handler.codec.http2.Http2Exception e) {
                    throw new IOException(e);
                }
            } else if (frame.type() == RST_STREAM && frame.stream() == stream) {
                return -frame.error();
            } else if (frame.type() == GOAWAY) {
                throw new IOException("GOAWAY with error " + frame.error());
            }
        }
    }

    /** Reads until the server closes. */
    void awaitClose() throws IOException {
        try {
            while (true) {
                next();
            }
        } catch (EOFException | java.net.SocketException | javax.net.ssl.SSLException _) {
            // Closed, one way or another.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
