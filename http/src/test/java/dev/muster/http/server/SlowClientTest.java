package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Response;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that keep the server waiting (slowloris and its kin), and watches, which may. */
class SlowClientTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final TestTls TLS = new TestTls();
    private volatile CountDownLatch closed = new CountDownLatch(1);
    private HttpServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start(Timeouts timeouts) {
        server = HttpServer.start(
                ServerConfig.clearText(new InetSocketAddress("127.0.0.1", 0)).with(timeouts), this::handle);
    }

    private void handle(Exchange exchange) {
        exchange.onClosed(() -> closed.countDown());
        switch (exchange.path()) {
            case "/watch" -> exchange.stream(200, Map.of()).write("first\n".getBytes(StandardCharsets.US_ASCII));
            case "/never" -> {}
            case "/huge" -> exchange.respond(Response.of(200, "a/b", new byte[32 << 20]));
            case "/flood" -> flood(exchange);
            default -> exchange.body(1000, body -> exchange.respond(Response.of(200, "a/b", body)));
        }
    }

    private static void flood(Exchange exchange) {
        var stream = exchange.stream(200, Map.of());
        for (int i = 0; i < 32; i++) {
            stream.write(new byte[1 << 20]);
        }
    }

    @Test
    void aHeadThatDripsIsCutOff() throws Exception {
        start(new Timeouts(LONG, SHORT, LONG, LONG, LONG, LONG));
        try (var client = new RawHttp(server.address())) {
            client.say("GET / HTTP/1.1\r\nHost: a\r\n");
            Thread.ofVirtual().start(() -> drip(client));
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aSecondHeadThatDripsIsCutOff() throws Exception {
        start(new Timeouts(LONG, SHORT, LONG, LONG, LONG, LONG));
        try (var client = new RawHttp(server.address())) {
            client.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            client.say("GET / HTTP/1.1\r\n");
            Thread.ofVirtual().start(() -> drip(client));
            assertThat(client.rest()).isEmpty();
        }
    }

    private static void drip(RawHttp client) {
        try {
            for (int i = 0; i < 1000; i++) {
                client.say("X: y\r\n");
                Thread.sleep(20);
            }
        } catch (java.io.IOException | InterruptedException _) {
            // It was cut off, as it should be.
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        start(new Timeouts(LONG, SHORT, LONG, LONG, LONG, LONG));
        try (var client = new RawHttp(server.address())) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aBodyThatDripsIs408() throws Exception {
        start(new Timeouts(LONG, LONG, SHORT, LONG, LONG, LONG));
        try (var client = new RawHttp(server.address())) {
            client.say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nabc");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aHandlerThatNeverAnswersIs504() throws Exception {
        start(new Timeouts(LONG, LONG, LONG, SHORT, LONG, LONG));
        try (var client = new RawHttp(server.address())) {
            client.say("GET /never HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(504);
        }
    }

    @Test
    void anAnswerNobodyReadsIsBrokenOff() throws Exception {
        for (String path : new String[] {"/huge", "/flood"}) {
            start(new Timeouts(LONG, LONG, LONG, LONG, SHORT, LONG));
            try (var socket = deaf()) {
                new RawHttp(socket).say("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(closed.await(10, TimeUnit.SECONDS)).as(path).isTrue();
            }
            server.close();
            closed = new CountDownLatch(1);
        }
    }

    @Test
    void anAnswerReadSlowlyIsNot() throws Exception {
        start(new Timeouts(LONG, LONG, LONG, LONG, Duration.ofSeconds(1), LONG));
        try (var socket = deaf()) {
            var client = new RawHttp(socket).say("GET /huge HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.head()).contains("200 OK");
            long read = 0;
            for (int i = 0; i < 30; i++) {
                Thread.sleep(100);
                read += client.in().readNBytes(512 << 10).length;
            }
            assertThat(read).isEqualTo(30 * (512L << 10));
            assertThat(closed.getCount()).isEqualTo(1);
            read += client.in().readNBytes((32 << 20) - (int) read).length;
            assertThat(read).isEqualTo(32L << 20);
        }
    }

    @Test
    void aClientThatGoesIsNoticed() throws Exception {
        start(new Timeouts(LONG, LONG, LONG, LONG, LONG, LONG));
        try (var client = new RawHttp(server.address())) {
            client.say("GET /watch HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.head()).contains("200 OK");
            assertThat(closed.getCount()).isEqualTo(1);
        }
        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private Socket deaf() throws java.io.IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(server.address());
        return socket;
    }

    @Test
    void anIdleConnectionIsClosedAndAWatchIsNot() throws Exception {
        start(new Timeouts(LONG, LONG, SHORT, SHORT, SHORT, SHORT));
        try (var watch = new RawHttp(server.address());
                var idle = new RawHttp(server.address())) {
            watch.say("GET /watch HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(watch.head()).contains("200 OK");
            idle.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(idle.answer().status()).isEqualTo(200);
            assertThat(idle.rest()).isEmpty();
            Thread.sleep(5 * SHORT.toMillis());
            assertThat(closed.getCount()).isZero(); // the idle one's exchange
            assertThat(watch.in().readNBytes(11)).asString().isEqualTo("6\r\nfirst\n\r\n");
            watch.finishWriting();
        }
    }

    @Test
    void aHandshakeThatNeverEndsIsCutOff() throws Exception {
        server = HttpServer.start(
                ServerConfig.of(new InetSocketAddress("127.0.0.1", 0), TLS.server())
                        .with(new Timeouts(SHORT, LONG, LONG, LONG, LONG, LONG)),
                this::handle);
        try (var client = new RawHttp(server.address())) {
            client.say(new byte[] {22, 3, 1});
            assertThat(client.rest()).isEmpty();
        }
    }
}
