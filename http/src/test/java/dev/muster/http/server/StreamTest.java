package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Response;
import dev.muster.http.serve.Stream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamTest {

    private static final TestTls TLS = new TestTls();
    private static final BlockingQueue<Open> OPENED = new LinkedBlockingQueue<>();
    private static HttpServer server;
    private static HttpServer clear;

    record Open(Exchange exchange, Stream stream, CountDownLatch closed) {}

    @BeforeAll
    static void start() {
        var anywhere = new InetSocketAddress("127.0.0.1", 0);
        server = HttpServer.start(ServerConfig.of(anywhere, TLS.server()), StreamTest::open);
        clear = HttpServer.start(ServerConfig.clearText(anywhere), StreamTest::open);
    }

    @AfterAll
    static void stop() {
        server.close();
        clear.close();
    }

    private static void open(Exchange exchange) {
        if (exchange.path().equals("/whole")) {
            exchange.addHeader("x-added", "1");
            exchange.respond(Response.of(200, "a/b", "whole".getBytes(StandardCharsets.US_ASCII)));
            return;
        }
        exchange.addHeader("x-added", "1");
        var closed = new CountDownLatch(1);
        exchange.onClosed(closed::countDown);
        OPENED.add(new Open(exchange, exchange.stream(200, Map.of("x", List.of("1", "2"))), closed));
    }

    private static Open opened() throws InterruptedException {
        var open = OPENED.poll(5, TimeUnit.SECONDS);
        assertThat(open).as("a stream was opened").isNotNull();
        return open;
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void theHeadGoesOutBeforeTheFirstEvent() throws Exception {
        try (var client = new RawHttp2(server.address(), TLS.client())) {
            client.get(1, "/watch");
            assertThat(client.status(1)).isEqualTo(200);
            opened().stream().end();
        }
        try (var client = new RawHttp(clear.address())) {
            client.say("GET /watch HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.head()).contains("x: 1\r\nx: 2\r\nx-added: 1\r\n");
            opened().stream().end();
        }
    }

    @Test
    void aThousandWritesArriveInOrderInAFewFrames() throws Exception {
        try (var client = new RawHttp2(server.address(), TLS.client())) {
            client.get(1, "/watch");
            var stream = opened().stream();
            var sent = new StringBuilder();
            for (int i = 0; i < 1000; i++) {
                sent.append(i).append('\n');
                stream.write((i + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            stream.end();
            var got = new StringBuilder();
            int frames = 0;
            for (boolean end = false; !end; frames++) {
                var frame = client.await(f -> f.type() == RawHttp2.DATA);
                got.append(new String(frame.payload(), StandardCharsets.US_ASCII));
                end = (frame.flags() & RawHttp2.END_STREAM) != 0;
            }
            assertThat(got).hasToString(sent.toString());
            assertThat(frames).isLessThan(500);
        }
    }

    @Test
    void whatAReaderDoesNotTakeStaysQueuedAndIsToldOf() throws Exception {
        try (var client = new RawHttp2(server.address(), TLS.client())) {
            client.get(1, "/watch");
            var open = opened();
            open.stream().write(new byte[60_000]);
            eventually(() -> open.stream().queued() == 0); // the client's window is 65,535 bytes
            open.stream().write(new byte[100_000]);
            eventually(() -> open.stream().queued() > 90_000);
            client.frame(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 1, (byte) 0xff, (byte) 0xff});
            client.frame(RawHttp2.WINDOW_UPDATE, 0, 1, new byte[] {0, 1, (byte) 0xff, (byte) 0xff});
            eventually(() -> open.stream().queued() == 0);
        }
    }

    @Test
    void aResetStreamIsToldOfOnce() throws Exception {
        try (var client = new RawHttp2(server.address(), TLS.client())) {
            client.get(1, "/watch");
            var open = opened();
            assertThat(client.status(1)).isEqualTo(200);
            client.reset(1);
            assertThat(open.closed().await(5, TimeUnit.SECONDS)).isTrue();
            open.stream().write(new byte[10]);
            assertThat(open.stream().queued()).isZero();
            var late = new CountDownLatch(1);
            open.exchange().onClosed(late::countDown);
            assertThat(late.await(5, TimeUnit.SECONDS))
                    .as("told at once when it is over")
                    .isTrue();
            assertThat(client.get(3, "/whole").status(3)).isEqualTo(200);
        }
    }

    @Test
    void aLostConnectionClosesAllItsStreams() throws Exception {
        Open first;
        Open second;
        try (var client = new RawHttp2(server.address(), TLS.client())) {
            client.get(1, "/watch").get(3, "/watch");
            first = opened();
            second = opened();
        }
        assertThat(first.closed().await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(second.closed().await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void brokenOffIsSeenAsBrokenOff() throws Exception {
        try (var client = new RawHttp2(server.address(), TLS.client())) {
            client.get(1, "/watch");
            var open = opened();
            assertThat(client.status(1)).isEqualTo(200);
            open.stream().reset();
            assertThat(client.await(f -> f.type() == RawHttp2.RST_STREAM).error())
                    .isEqualTo(8);
            assertThat(open.closed().await(5, TimeUnit.SECONDS)).isTrue();
        }
        try (var client = new RawHttp(clear.address())) {
            client.say("GET /watch HTTP/1.1\r\nHost: a\r\n\r\n");
            client.head();
            opened().stream().reset();
            assertThat(client.rest()).doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void endedIsSeenAsEndedAndTheConnectionServesOn() throws Exception {
        try (var client = new RawHttp(clear.address())) {
            client.say("GET /watch HTTP/1.1\r\nHost: a\r\n\r\n");
            client.head();
            var open = opened();
            open.stream().write("abc".getBytes(StandardCharsets.US_ASCII));
            open.stream().end();
            open.stream().write("late".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(client.in().readNBytes(13), StandardCharsets.US_ASCII))
                    .isEqualTo("3\r\nabc\r\n0\r\n\r\n");
            client.say("GET /whole HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("whole");
        }
    }

    @Test
    void inHttp10TheEndOfTheConnectionIsTheEnd() throws Exception {
        try (var client = new RawHttp(clear.address())) {
            client.say("GET /watch HTTP/1.0\r\n\r\n");
            var stream = opened().stream();
            stream.write("abc".getBytes(StandardCharsets.US_ASCII));
            stream.end();
            var rest = client.rest();
            assertThat(rest).startsWith("HTTP/1.0 200 OK\r\n").endsWith("\r\n\r\nabc");
            assertThat(rest.toLowerCase(java.util.Locale.ROOT)).doesNotContain("transfer-encoding");
        }
    }

    @Test
    void aHeadRequestGetsTheHeadOnly() throws IOException {
        try (var client = new RawHttp(clear.address())) {
            client.say("HEAD /whole HTTP/1.1\r\nHost: a\r\n\r\nHEAD /watch HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "GET /whole HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.head()).containsIgnoringCase("content-length: 5\r\n");
            assertThat(client.head()).contains("200 OK");
            assertThat(client.answer().body()).isEqualTo("whole");
        }
        OPENED.clear();
    }
}
