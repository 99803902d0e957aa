package dev.muster.http.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that says exactly what it is told, byte for byte. */
final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawHttp(InetSocketAddress server) throws IOException {
        this(new Socket(server.getAddress(), server.getPort()));
    }

    RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
    }

    RawHttp say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawHttp say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** One head, up to its empty line. */
    String head() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /** A head and as much body as its Content-Length says. */
    Answer answer() throws IOException {
        String head = head();
        int length = head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return new Answer(
                Integer.parseInt(head.substring(9, 12)),
                head,
                new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }

    /** Everything until the server closes. */
    String rest() throws IOException {
        var rest = new ByteArrayOutputStream();
        try {
            for (int b; (b = in.read()) >= 0; ) {
                rest.write(b);
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("still open after " + PATIENCE_MILLIS + " ms, having said: " + rest, e);
        } catch (IOException _) {
            // A reset is an end too.
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    InputStream in() {
        return in;
    }

    void finishWriting() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Answer(int status, String head, String body) {}
}
