package dev.muster.testkit.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.call.Call;
import dev.muster.http.call.CallFailed;
import dev.muster.http.call.CallFailed.Kind;
import dev.muster.http.call.HttpsClient;
import dev.muster.http.call.ProxyVariables;
import dev.muster.testkit.issuer.Fault;
import dev.muster.testkit.issuer.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outbound client against a server that misbehaves. */
class HttpsClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 1000;

    private final TestIssuer server = TestIssuer.start();
    private final List<Optional<Kind>> ends = new CopyOnWriteArrayList<>();
    private final HttpsClient client =
            HttpsClient.of(List.of(server.authority()), ProxyVariables.none(), (_, failure, _) -> ends.add(failure));

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private URI at(String path) {
        return URI.create(server.url() + path);
    }

    private void fails(Kind kind, String says, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CallFailed.class, failed -> {
            assertThat(failed.kind()).as(failed.getMessage()).isEqualTo(kind);
            assertThat(failed).hasMessageContaining(says);
        });
        assertThat(ends.getLast()).contains(kind);
    }

    @Test
    void anAnswerIsHandedOverWhateverItsStatus() throws IOException {
        server.serve("/x", "hello");
        var reply = client.send(Call.get(at("/x"), MOST, PATIENCE));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(client.send(Call.get(at("/none"), MOST, PATIENCE)).status()).isEqualTo(404);
        assertThat(ends).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void moreThanIsWantedIsNotRead() throws IOException {
        server.serve("/exact", "x".repeat(MOST));
        assertThat(client.send(Call.get(at("/exact"), MOST, PATIENCE)).body()).hasSize(MOST);
        server.serve("/more", "x".repeat(MOST + 1));
        fails(
                Kind.TOO_LARGE,
                "/more: answered with more than 1000 bytes",
                () -> client.send(Call.get(at("/more"), MOST, PATIENCE)));
        server.fault("/endless", Fault.huge(64 << 20));
        fails(Kind.TOO_LARGE, "more than 1000 bytes", () -> client.send(Call.get(at("/endless"), MOST, PATIENCE)));
    }

    @Test
    void theDeadlineIsOverAllOfItHoweverItDrips() {
        server.serve("/slow", "x".repeat(500));
        for (Fault fault : List.of(Fault.slow(Duration.ofSeconds(30)), Fault.dripping(Duration.ofMillis(100)))) {
            server.fault("/slow", fault);
            long begun = System.nanoTime();
            fails(
                    Kind.TIMEOUT,
                    "within 700 ms",
                    () -> client.send(Call.get(at("/slow"), MOST, Duration.ofMillis(700))));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void redirectsLeadNowhereButWithinTheOrigin() throws IOException {
        server.serve("/there", "hello");
        server.fault("/here", Fault.redirect("/there"));
        assertThat(client.send(Call.get(at("/here"), MOST, PATIENCE)).status()).isEqualTo(200);
        for (String to : List.of(
                "https://127.0.0.1:1/there",
                "http://127.0.0.1:" + server.port() + "/there",
                "https://evil.example/",
                "//evil.example/",
                "https://x@127.0.0.1:" + server.port() + "@evil.example/",
                "javascript:alert(1)",
                ":::")) {
            server.fault("/here", Fault.redirect(to));
            fails(Kind.REDIRECT, "which is not followed", () -> client.send(Call.get(at("/here"), MOST, PATIENCE)));
        }
        server.fault("/here", Fault.redirect("/here"));
        fails(Kind.REDIRECT, "more than 3 redirects", () -> client.send(Call.get(at("/here"), MOST, PATIENCE)));
    }

    @Test
    void aBearerTokenGoesToExactlyOnePlace() {
        server.serve("/there", "hello");
        server.fault("/here", Fault.redirect("/there"));
        fails(
                Kind.REDIRECT,
                "which is not followed",
                () -> client.send(Call.get(at("/here"), "t0ken", MOST, PATIENCE)));
        assertThat(server.authorization("/here")).isEqualTo("Bearer t0ken");
        assertThat(server.asked("/there")).isZero();
        assertThat(Call.get(at("/here?q=secret"), "t0ken", MOST, PATIENCE).toString())
                .doesNotContain("t0ken", "secret");
    }

    @Test
    void onlyHttpsIsCalled() {
        for (String url : List.of(
                "http://127.0.0.1/",
                "file:///etc/passwd",
                "https:///x",
                "https://u:p@127.0.0.1/",
                "https://127.0.0.1/#f",
                "ftp://x/")) {
            fails(Kind.URL, "is not called", () -> client.send(Call.get(URI.create(url), MOST, PATIENCE)));
        }
    }

    @Test
    void whatIsWrongWithTheOtherSideIsSaidInASentence() throws IOException {
        fails(
                Kind.CONNECT,
                "connection refused",
                () -> client.send(Call.get(URI.create("https://127.0.0.1:1/"), MOST, PATIENCE)));
        fails(
                Kind.NAME,
                "no such host",
                () -> client.send(Call.get(URI.create("https://nobody.invalid/"), MOST, PATIENCE)));
        fails(
                Kind.TLS,
                "certificate is not accepted",
                () -> client.send(Call.get(URI.create("https://localhost:" + server.port() + "/"), MOST, PATIENCE)));
        try (var suspicious = HttpsClient.of(List.of(), ProxyVariables.none(), (_, failure, _) -> ends.add(failure))) {
            fails(
                    Kind.TLS,
                    "signed by an authority that is not trusted",
                    () -> suspicious.send(Call.get(at("/"), MOST, PATIENCE)));
        }
        try (var plain = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(plain, "HTTP/1.1 200 OK\r\n\r\n"));
            fails(
                    Kind.TLS,
                    "TLS: ",
                    () -> client.send(
                            Call.get(URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/"), MOST, PATIENCE)));
        }
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[2000]);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // The other side has had enough.
        }
    }

    /** A name of its own, since this machine is never called through a proxy. */
    @Test
    void theProxyOfTheEnvironmentIsAskedForATunnel() throws Exception {
        try (var proxy = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var asked = new CompletableFuture<String>();
            Thread.ofVirtual().start(() -> {
                try (Socket socket = proxy.accept()) {
                    byte[] head = new byte[2000];
                    int length = socket.getInputStream().read(head);
                    asked.complete(new String(head, 0, length, StandardCharsets.US_ASCII));
                    socket.getOutputStream()
                            .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    asked.completeExceptionally(e);
                }
            });
            var variables = ProxyVariables.of(Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort()));
            try (var tunnelled =
                    HttpsClient.of(List.of(server.authority()), variables, (_, failure, _) -> ends.add(failure))) {
                assertThatThrownBy(
                                () -> tunnelled.send(Call.get(URI.create("https://issuer.example/x"), MOST, PATIENCE)))
                        .isInstanceOf(CallFailed.class);
            }
            assertThat(asked.get()).startsWith("CONNECT issuer.example:443 ");
        }
    }
}
