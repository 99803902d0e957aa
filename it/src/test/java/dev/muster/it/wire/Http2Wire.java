package dev.muster.it.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** One HTTP/2 request with header fields exactly as told (RFC 9113), and what of an answer can be read without HPACK: its body. */
final class Http2Wire implements AutoCloseable {

    static final String NO_ANSWER = "no answer";

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final SSLSocket socket;
    private final OutputStream out;
    private final DataInputStream in;

    /** @param who empty = presents no certificate */
    Http2Wire(int port, KeyManager... who) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(who.length == 0 ? null : who, new TrustManager[] {new Presenting.Anybody()}, null);
        socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        socket.startHandshake();
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /**
     * Sends it, and gives back the body of the answer, or {@link #NO_ANSWER} when stream or connection end without one.
     *
     * @param fields names and values in turn, pseudo-headers too
     * @param trailers the same, behind the body; may be empty
     */
    String send(List<String> fields, String body, List<String> trailers) throws IOException {
        frame(HEADERS, END_HEADERS, 1, block(fields));
        frame(DATA, trailers.isEmpty() ? END_STREAM : 0, 1, body.getBytes(StandardCharsets.US_ASCII));
        if (!trailers.isEmpty()) {
            frame(HEADERS, END_HEADERS | END_STREAM, 1, block(trailers));
        }
        try {
            return read();
        } catch (IOException _) {
            return NO_ANSWER;
        }
    }

    private String read() throws IOException {
        var text = new ByteArrayOutputStream();
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            switch (type) {
                case DATA -> text.writeBytes(payload);
                case RST_STREAM -> {
                    return text.size() == 0 ? NO_ANSWER : text.toString(StandardCharsets.UTF_8);
                }
                case GOAWAY -> {
                    if (ByteBuffer.wrap(payload).getInt(4) != 0) {
                        return NO_ANSWER;
                    }
                }
                default -> {}
            }
            if (stream == 1 && (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
                return text.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        try {
            out.write(frame.array());
            out.flush();
        } catch (IOException _) {
            // The other side has already made up its mind, and said so.
        }
    }

    /** Literals without indexing and without Huffman's code (RFC 7541 section 6.2.2). */
    private static byte[] block(List<String> fields) {
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i++) {
            if (i % 2 == 0) {
                block.write(0);
            }
            byte[] bytes = fields.get(i).getBytes(StandardCharsets.ISO_8859_1);
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
        return block.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
