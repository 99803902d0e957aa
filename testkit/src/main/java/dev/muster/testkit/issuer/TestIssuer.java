package dev.muster.testkit.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** An issuer on a loopback port. */
public final class TestIssuer implements AutoCloseable {

    /** Where its discovery document lies. */
    public static final String DISCOVERY = "/.well-known/openid-configuration";

    /** Where its keys lie. */
    public static final String KEYS = "/keys";

    private final TestCa ca;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpsServer server;
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Map<String, String> authorizations = new ConcurrentHashMap<>();
    private final Map<String, String> others = new ConcurrentHashMap<>();
    private final List<SigningKey> keys = new CopyOnWriteArrayList<>();
    private volatile String cacheControl = "";

    private TestIssuer(TestCa ca, HttpsServer server) {
        this.ca = ca;
        this.server = server;
    }

    /** With a certificate for 127.0.0.1 and localhost of an authority of its own, publishing these keys. */
    public static TestIssuer start(SigningKey... keys) {
        return start(0, keys);
    }

    /** On a certain port, to come back where another was. */
    public static TestIssuer start(int port, SigningKey... keys) {
        var ca = TestCa.root("issuer ca");
        try {
            var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
            server.setHttpsConfigurator(new HttpsConfigurator(tls(ca)));
            var issuer = new TestIssuer(ca, server);
            issuer.publish(keys);
            server.setExecutor(issuer.threads);
            server.createContext("/", issuer::serve);
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the real clock: tests of servers run by it. */
    private static CertifiedKey serving(TestCa ca) {
        return ca.issue(CertificateSpec.bare("issuer")
                .valid(Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofDays(1)))
                .purposes(KeyPurposeId.id_kp_serverAuth)
                .names(GeneralName.iPAddress, "127.0.0.1"));
    }

    private static SSLContext tls(TestCa ca) {
        try {
            var own = serving(ca);
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("issuer", own.key(), new char[0], new X509Certificate[] {own.certificate()});
            var managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS for a test issuer", e);
        }
    }

    /** Its {@code iss}. */
    public String url() {
        return "https://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Who vouches for its server. */
    public X509Certificate authority() {
        return ca.certificate();
    }

    /** From now on these and no others. */
    public void publish(SigningKey... only) {
        keys.clear();
        keys.addAll(List.of(only));
    }

    /** What stands in {@code Cache-Control} beside the keys; empty = no such header. */
    public void cacheControl(String value) {
        cacheControl = value;
    }

    /** From now on this happens at that path. */
    public void fault(String path, Fault fault) {
        faults.put(path, fault);
    }

    /** Another document at another path. */
    public void serve(String path, String document) {
        others.put(path, document);
    }

    /** How often a path was asked for. */
    public int asked(String path) {
        return counts.getOrDefault(path, new AtomicInteger()).get();
    }

    /** The last {@code Authorization} header that came to a path; empty = none. */
    public String authorization(String path) {
        return authorizations.getOrDefault(path, "");
    }

    /** A token of this issuer for a client, good from a moment on for an hour. */
    public TestToken token(String audience, Instant now) {
        return TestToken.of(url(), audience, now);
    }

    /** The discovery document that is right. */
    public String discovery() {
        return "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + KEYS + "\"}";
    }

    /** The key set that is right. */
    public String keySet() {
        return keys.stream().map(SigningKey::jwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        counts.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
        var sent = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.put(path, sent == null ? "" : sent);
        String document = switch (path) {
            case DISCOVERY -> discovery();
            case KEYS -> keySet();
            default -> others.getOrDefault(path, "");
        };
        if (path.equals(KEYS) && !cacheControl.isEmpty()) {
            exchange.getResponseHeaders().set("Cache-Control", cacheControl);
        }
        try (exchange) {
            var answer = faults.getOrDefault(path, Fault.none()).answer(exchange, document);
            if (answer.isPresent()) {
                byte[] bytes = answer.get().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(bytes.length == 0 ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
