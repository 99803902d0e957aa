package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.identity.PeerChain;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Lane;
import dev.muster.http.serve.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starting, sharing threads, changing certificates, draining. */
class ServerLifeTest {

    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("127.0.0.1", 0);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private final TestTls tls = new TestTls();
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer server;

    @AfterEach
    void stop() {
        release.countDown();
        if (server != null) {
            server.close();
        }
    }

    private void handle(Exchange exchange) {
        switch (exchange.path()) {
            case "/watch" -> exchange.stream(200, Map.of());
            case "/slow" ->
                exchange.offload(Lane.BLOCKING, () -> {
                    await(release);
                    exchange.respond(text("slow"));
                });
            case "/cpu" ->
                exchange.offload(Lane.CPU, () -> {
                    await(release);
                    exchange.respond(text("cpu"));
                });
            default ->
                exchange.respond(text(exchange.peerChain()
                        .map(PeerChain::leaf)
                        .map(X509Certificate::getSubjectX500Principal)
                        .map(Object::toString)
                        .orElse("nobody")));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Response text(String text) {
        return Response.of(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private RawHttp connect(SSLContext context, String... protocols) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", server.address().getPort());
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        lastServer = ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
        return new RawHttp(socket);
    }

    private String lastServer;

    @Test
    void aCertificateIsAskedForAndNotNeeded() throws Exception {
        server = HttpServer.start(ServerConfig.of(ANYWHERE, tls.server()), this::handle);
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (var client = connect(tls.client(), version)) {
                assertThat(client.say(GET).answer().body()).isEqualTo("nobody");
            }
            try (var client = connect(tls.client("jane"), version)) {
                assertThat(client.say(GET).answer().body()).isEqualTo("CN=jane");
            }
        }
        assertThatThrownBy(() -> connect(tls.client(), "TLSv1.1").close()).isInstanceOf(IOException.class);
    }

    @Test
    void aResumedConnectionStillSaysWhoItIs() throws Exception {
        server = HttpServer.start(ServerConfig.of(ANYWHERE, tls.server()), this::handle);
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            var jane = tls.client("jane");
            long first = 0;
            for (int i = 0; i < 3; i++) {
                var socket = (SSLSocket) jane.getSocketFactory()
                        .createSocket("127.0.0.1", server.address().getPort());
                socket.setEnabledProtocols(new String[] {version});
                try (var client = new RawHttp(socket)) {
                    assertThat(client.say(GET).answer().body()).isEqualTo("CN=jane");
                }
                long created = socket.getSession().getCreationTime();
                assertThat(i == 0 || created == first || version.equals("TLSv1.3"))
                        .as("resumed")
                        .isTrue();
                first = created;
                Thread.sleep(5);
            }
        }
    }

    @Test
    void aNewCertificateIsShownToNewConnectionsAndOldOnesLiveOn() throws Exception {
        server = HttpServer.start(ServerConfig.of(ANYWHERE, tls.server()), this::handle);
        try (var old = connect(tls.client())) {
            assertThat(lastServer).isEqualTo("CN=first");
            tls.show(tls.newServing("second"));
            server.reload();
            try (var young = connect(tls.client())) {
                assertThat(lastServer).isEqualTo("CN=second");
                assertThat(young.say(GET).answer().status()).isEqualTo(200);
            }
            assertThat(old.say(GET).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aDrainFinishesWhatIsUnderWayAndEndsWatches() throws Exception {
        server = HttpServer.start(ServerConfig.clearText(ANYWHERE), this::handle);
        try (var idle = new RawHttp(server.address());
                var slow = new RawHttp(server.address());
                var watch = new RawHttp(server.address())) {
            assertThat(idle.say(GET).answer().status()).isEqualTo(200);
            watch.say("GET /watch HTTP/1.1\r\nHost: a\r\n\r\n").head();
            slow.say("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            Thread.sleep(200);
            var drained = Thread.ofVirtual().start(() -> server.drain(LONG));
            assertThat(idle.rest()).isEmpty();
            assertThat(watch.rest()).isEqualTo("0\r\n\r\n");
            assertThatThrownBy(() -> new RawHttp(server.address())).isInstanceOf(ConnectException.class);
            assertThat(drained.isAlive()).isTrue();
            release.countDown();
            assertThat(slow.answer().body()).isEqualTo("slow");
            assertThat(drained.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void aDrainOfHttp2SaysGoAway() throws Exception {
        server = HttpServer.start(ServerConfig.of(ANYWHERE, tls.server()), this::handle);
        try (var client = new RawHttp2(server.address(), tls.client())) {
            client.get(1, "/slow");
            client.frame(RawHttp2.PING, 0, 0, new byte[8]).await(frame -> frame.type() == RawHttp2.PING);
            var drained = Thread.ofVirtual().start(() -> server.drain(LONG));
            assertThat(client.awaitGoAway().error()).isZero();
            release.countDown();
            assertThat(client.status(1)).isEqualTo(200);
            assertThat(drained.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void aFullLaneIs429() throws Exception {
        try (var runtime = ServerRuntime.start(new RuntimeConfig(1, 1, 1, 100, 100))) {
            server = HttpServer.start(runtime, ServerConfig.clearText(ANYWHERE), this::handle);
            String get = "GET /cpu HTTP/1.1\r\nHost: a\r\n\r\n";
            try (var first = new RawHttp(server.address());
                    var second = new RawHttp(server.address());
                    var third = new RawHttp(server.address())) {
                first.say(get);
                Thread.sleep(200);
                second.say(get);
                Thread.sleep(200);
                var answer = third.say(get).answer();
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.head()).contains("retry-after: 1\r\n");
                release.countDown();
                assertThat(first.answer().body()).isEqualTo("cpu");
                assertThat(second.answer().body()).isEqualTo("cpu");
            }
            server.close();
        }
    }

    @Test
    void moreConnectionsThanAllowedAreClosedUnheard() throws Exception {
        try (var runtime = ServerRuntime.start(new RuntimeConfig(1, 1, 1, 2, 100))) {
            server = HttpServer.start(runtime, ServerConfig.clearText(ANYWHERE), this::handle);
            try (var first = new RawHttp(server.address());
                    var second = new RawHttp(server.address())) {
                assertThat(first.say(GET).answer().status()).isEqualTo(200);
                assertThat(second.say(GET).answer().status()).isEqualTo(200);
                try (var third = new RawHttp(server.address())) {
                    assertThat(third.rest()).isEmpty();
                }
            }
            for (int i = 0; i < 500 && runtime.openConnections() > 0; i++) {
                Thread.sleep(10);
            }
            try (var fourth = new RawHttp(server.address())) {
                assertThat(fourth.say(GET).answer().status()).isEqualTo(200);
            }
            server.close();
        }
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        var nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        assertThatThrownBy(() -> ServerConfig.clearText(nowhere)).hasMessageContaining("nowhere.invalid");
    }

    @Test
    void twoServersShareThreadsAndNotPorts() throws Exception {
        try (var runtime = ServerRuntime.start(new RuntimeConfig(2, 1, 1, 100, 100))) {
            try (var one = HttpServer.start(runtime, ServerConfig.clearText(ANYWHERE), e -> e.respond(text("one")));
                    var two =
                            HttpServer.start(runtime, ServerConfig.clearText(ANYWHERE), e -> e.respond(text("two")))) {
                for (int i = 0; i < 4; i++) {
                    try (var first = new RawHttp(one.address());
                            var second = new RawHttp(two.address())) {
                        assertThat(first.say(GET).answer().body()).isEqualTo("one");
                        assertThat(second.say(GET).answer().body()).isEqualTo("two");
                    }
                }
                var taken = ServerConfig.clearText(one.address());
                assertThatThrownBy(() -> HttpServer.start(runtime, taken, this::handle))
                        .hasMessageContaining("cannot listen on");
                assertThatThrownBy(() -> HttpServer.start(taken, this::handle))
                        .hasMessageEndingWith(
                                "cannot listen on 127.0.0.1:" + one.address().getPort() + ": Address already in use");
            }
        }
    }
}
