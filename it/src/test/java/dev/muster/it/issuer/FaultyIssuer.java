package dev.muster.it.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * One server, many issuers, each {@code https://localhost:PORT/FAULT} and faulty in its own way; {@code good} is not. {@code GET
 * /asked} tells how often each path was asked for.
 *
 * <p>Run as: {@code java FaultyIssuer.java PORT KEYSTORE JWKS}, the key store in PKCS #12 with the password {@code changeit}, JWKS a
 * file, read anew each time.
 */
public final class FaultyIssuer {

    private static final byte[] BLANKS = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    private static final long ENDLESS = 1L << 30;
    private static final int DRIP_MILLIS = 500;

    private final String base;
    private final String elsewhere;
    private final Path keys;
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private FaultyIssuer(int port, Path keys) {
        this.base = "https://localhost:" + port;
        // The same server by another name: another origin.
        this.elsewhere = "https://127.0.0.1:" + port + "/trap";
        this.keys = keys;
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        int port = Integer.parseInt(arguments[0]);
        var faulty = new FaultyIssuer(port, Path.of(arguments[2]));
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(Path.of(arguments[1]))));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", faulty::answer);
        server.start();
    }

    private static SSLContext tls(Path store) throws IOException, GeneralSecurityException {
        char[] password = "changeit".toCharArray();
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(store.toFile(), password), password);
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.equals("/asked")) {
                send(exchange, 200, String.valueOf(new TreeMap<>(asked)));
                return;
            }
            asked.merge(path, 1, Integer::sum);
            String fault = path.split("/", 3)[1];
            if (path.endsWith("/.well-known/openid-configuration")) {
                document(exchange, fault);
            } else {
                keys(exchange, fault);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void document(HttpExchange exchange, String fault) throws IOException, InterruptedException {
        String issuer = base + "/" + fault;
        String good = discovery(issuer, base + "/" + fault + "/keys");
        switch (fault) {
            case "another" -> send(exchange, 200, discovery(base + "/good", base + "/good/keys"));
            case "slash" -> send(exchange, 200, discovery(issuer + "/", base + "/" + fault + "/keys"));
            case "keyless" -> send(exchange, 200, "{\"issuer\": \"" + issuer + "\"}");
            case "plain" -> send(exchange, 200, discovery(issuer, "http://localhost:1/keys"));
            case "page" -> send(exchange, 200, "<!doctype html><title>Log in</title>");
            case "twice" -> send(exchange, 200, good.replace("{", "{\"issuer\": \"https://evil.example\", "));
            case "broken" -> send(exchange, 500, "{\"error\": \"a stack trace would be here\"}");
            case "moved" -> {
                exchange.getResponseHeaders().add("Location", elsewhere + "/.well-known/openid-configuration");
                send(exchange, 302, "");
            }
            case "endless" -> endless(exchange, 0);
            case "dripping" -> endless(exchange, DRIP_MILLIS);
            case "silent" -> Thread.sleep(Long.MAX_VALUE);
            default -> send(exchange, 200, good);
        }
    }

    private void keys(HttpExchange exchange, String fault) throws IOException, InterruptedException {
        String good = Files.readString(keys);
        switch (fault) {
            case "endlesskeys" -> endless(exchange, 0);
            case "silentkeys" -> Thread.sleep(Long.MAX_VALUE);
            case "nokeys" -> send(exchange, 200, "{\"keys\": []}");
            case "pagekeys" -> send(exchange, 200, "<!doctype html><title>Log in</title>");
            case "movedkeys" -> {
                exchange.getResponseHeaders().add("Location", elsewhere + "/keys");
                send(exchange, 307, "");
            }
            case "oddkeys" ->
                send(
                        exchange,
                        200,
                        good.replace(
                                "\"keys\": [",
                                "\"keys\": [{\"kty\": \"XYZ\", \"kid\": \"odd\"}, {\"kty\": \"oct\", \"k\": \"AAAA\"}, "));
            default -> send(exchange, 200, good);
        }
    }

    private static String discovery(String issuer, String keys) {
        return "{\"issuer\": \"" + issuer + "\", \"jwks_uri\": \"" + keys + "\"}";
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** White space for ever, as JSON allows: a GiB at once, or a byte now and then. */
    private static void endless(HttpExchange exchange, int pauseMillis) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (long sent = 0; sent < ENDLESS; sent += BLANKS.length) {
            body.write(BLANKS, 0, pauseMillis == 0 ? BLANKS.length : 1);
            body.flush();
            Thread.sleep(pauseMillis);
        }
    }
}
