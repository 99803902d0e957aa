package dev.muster.it.wire;

import dev.muster.crypto.x509.CertifiedKey;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * HTTP/1.1 over TLS, byte for byte as told: what a library would never send can be sent. Connects when it must, and again when
 * the server said that it closes.
 */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;
    private final SSLContext context;
    private final String version;
    private SSLSocket socket;
    private InputStream in;
    private int connections;

    private Wire(int port, KeyManager[] who, String version) throws GeneralSecurityException {
        this.port = port;
        this.version = version;
        context = SSLContext.getInstance("TLS");
        context.init(who, new TrustManager[] {new Presenting.Anybody()}, null);
    }

    /** Presents no certificate. */
    static Wire anonymous(int port, String version) throws GeneralSecurityException {
        return new Wire(port, null, version);
    }

    static Wire presenting(CertifiedKey who, int port, String version) throws GeneralSecurityException {
        return new Wire(port, new KeyManager[] {new Presenting(who)}, version);
    }

    /** What came back; header names in lower case. */
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    /** A request with these header lines and this body, whose length is told. */
    Answer send(String method, String target, List<String> headers, byte[] body) throws IOException {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (body.length > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return raw(all.toByteArray(), method.equals("HEAD"));
    }

    /** These bytes, and what is answered to them. */
    Answer raw(byte[] request, boolean withoutBody) throws IOException {
        connect();
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // Answered before all was read; the answer is there nevertheless.
        }
        Answer answer = read(withoutBody);
        if (answer.header("connection").toLowerCase(Locale.ROOT).contains("close")) {
            close();
        }
        return answer;
    }

    /** How many connections it took. */
    int connections() {
        return connections;
    }

    private void connect() throws IOException {
        if (socket == null) {
            socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            in = new BufferedInputStream(socket.getInputStream());
            connections++;
        }
    }

    private Answer read(boolean withoutBody) throws IOException {
        String first = line();
        while (first.startsWith("HTTP/1.1 100")) {
            line();
            first = line();
        }
        var status = Integer.parseInt(first.split(" ")[1]);
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new java.util.ArrayList<>())
                    .add(line.substring(colon + 1).trim());
        }
        if (withoutBody || status == 204 || status == 304) {
            return new Answer(status, headers, new byte[0]);
        }
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return new Answer(status, headers, chunks());
        }
        if (headers.containsKey("content-length")) {
            return new Answer(
                    status,
                    headers,
                    exactly(Integer.parseInt(headers.get("content-length").getFirst())));
        }
        return new Answer(status, headers, in.readAllBytes());
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            int size = HexFormat.fromHexDigits(line());
            if (size == 0) {
                line();
                return all.toByteArray();
            }
            all.writeBytes(exactly(size));
            line();
        }
    }

    private byte[] exactly(int size) throws IOException {
        byte[] read = in.readNBytes(size);
        if (read.length < size) {
            throw new EOFException("the answer ended after " + read.length + " of " + size + " bytes");
        }
        return read;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended without an answer");
            }
            line.write(c);
        }
        byte[] bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
