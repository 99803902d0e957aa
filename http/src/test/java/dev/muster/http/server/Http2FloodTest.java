package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The known ways to make an HTTP/2 server work for nothing, each by its number. */
class Http2FloodTest {

    private static final int NO_ERROR = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int REFUSED_STREAM = 7;
    private static final TestTls TLS = new TestTls();
    private static final AtomicInteger OPEN = new AtomicInteger();
    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start(
                ServerConfig.of(new InetSocketAddress("127.0.0.1", 0), TLS.server())
                        .with(new Limits(64 << 10, 64 << 10, 250, 100, 16)),
                Http2FloodTest::handle);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void handle(Exchange exchange) {
        switch (exchange.path()) {
            case "/watch" -> {
                OPEN.incrementAndGet();
                exchange.onClosed(OPEN::decrementAndGet);
                exchange.stream(200, Map.of());
            }
            case "/refused" -> {
                exchange.addHeader("Connection", "close");
                exchange.respond(Response.empty(401));
            }
            default -> exchange.body(1000, body -> exchange.respond(Response.of(200, "a/b", body)));
        }
    }

    private static RawHttp2 connect() throws IOException {
        return new RawHttp2(server.address(), TLS.client());
    }

    /** Writes until the server has had enough. */
    private static void flood(RawHttp2 client, int times, Step step) throws IOException {
        try {
            for (int i = 0; i < times; i++) {
                step.take(i);
            }
        } catch (SocketException _) {
            // It had.
        }
        client.awaitClose();
    }

    private interface Step {
        void take(int i) throws IOException;
    }

    private static void assertStillServing() throws IOException {
        try (var client = connect()) {
            assertThat(client.get(1, "/").status(1)).isEqualTo(200);
        }
    }

    @Test
    void cve202344487RapidReset() throws Exception {
        try (var client = connect()) {
            flood(client, 1000, i -> client.get(2 * i + 1, "/watch").reset(2 * i + 1));
        }
        assertStillServing();
        assertThat(OPEN).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void cve202344487AFewResetsAreOrdinary() throws Exception {
        try (var client = connect()) {
            for (int stream = 1; stream < 100; stream += 2) {
                client.get(stream, "/watch").reset(stream);
            }
            assertThat(client.get(101, "/").status(101)).isEqualTo(200);
        }
    }

    @Test
    void cve20258671MadeYouReset() throws Exception {
        try (var client = connect()) {
            // A WINDOW_UPDATE of 0 makes the server reset the stream.
            flood(
                    client,
                    1000,
                    i -> client.get(2 * i + 1, "/watch").frame(RawHttp2.WINDOW_UPDATE, 0, 2 * i + 1, new byte[4]));
        }
        assertStillServing();
    }

    @Test
    void cve202427316ContinuationWithoutEnd() throws Exception {
        try (var client = connect()) {
            client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.request("GET", "/", Map.of()));
            flood(client, 10_000, _ -> client.frame(RawHttp2.CONTINUATION, 0, 1, new byte[0]));
        }
        try (var client = connect()) {
            var field = new java.io.ByteArrayOutputStream();
            RawHttp2.field(field, "x-fill", "y".repeat(8000));
            client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.request("GET", "/", Map.of()));
            flood(client, 10_000, _ -> client.frame(RawHttp2.CONTINUATION, 0, 1, field.toByteArray()));
        }
        assertStillServing();
    }

    @Test
    void cve20199512PingFlood() throws Exception {
        try (var client = connect()) {
            flood(client, 5_000, _ -> client.frame(RawHttp2.PING, 0, 0, new byte[8]));
        }
        assertStillServing();
    }

    @Test
    void cve20199513PriorityFlood() throws Exception {
        try (var client = connect()) {
            flood(client, 5_000, _ -> client.frame(2, 0, 1, new byte[] {0, 0, 0, 0, 16}));
        }
        assertStillServing();
    }

    @Test
    void cve20199515SettingsFlood() throws Exception {
        try (var client = connect()) {
            flood(client, 5_000, _ -> client.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]));
        }
        assertStillServing();
    }

    @Test
    void cve20199518EmptyFrames() throws Exception {
        try (var client = connect()) {
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.request("POST", "/", Map.of()));
            flood(client, 1000, _ -> client.frame(RawHttp2.DATA, 0, 1, new byte[0]));
        }
        assertStillServing();
    }

    @Test
    void moreStreamsThanAllowedAreRefused() throws Exception {
        try (var client = connect()) {
            int stream = 1;
            for (int i = 0; i < 251; i++, stream += 2) {
                client.get(stream, "/watch");
            }
            int beyond = stream - 2;
            var refused = client.await(frame -> frame.type() == RawHttp2.RST_STREAM && frame.stream() == beyond);
            assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
        }
    }

    @Test
    void aHeadTooLargeIs431AndNotTheEndOfTheConnection() throws Exception {
        try (var client = connect()) {
            var block = RawHttp2.request("GET", "/", Map.of());
            client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, block);
            var field = new java.io.ByteArrayOutputStream();
            RawHttp2.field(field, "x-fill", "y".repeat(14_000));
            for (int i = 0; i < 5; i++) {
                client.frame(RawHttp2.CONTINUATION, i == 4 ? RawHttp2.END_HEADERS : 0, 1, field.toByteArray());
            }
            assertThat(client.status(1)).isEqualTo(431);
            assertThat(client.get(3, "/").status(3)).isEqualTo(200);
        }
    }

    /** @param error what the stream is reset with, or a status */
    record Malformed(String name, String method, String path, Map<String, String> more, int error) {}

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("malformed")
    void aMalformedRequestIsRefused(Malformed m) throws Exception {
        try (var client = connect()) {
            client.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                    1,
                    RawHttp2.request(m.method(), m.path(), m.more()));
            assertThat(client.status(1)).isEqualTo(m.error());
            assertThat(client.get(3, "/").status(3)).isEqualTo(200);
        }
    }

    static java.util.List<Malformed> malformed() {
        return java.util.List.of(
                new Malformed("Connection", "GET", "/", Map.of("connection", "close"), -PROTOCOL_ERROR),
                new Malformed("TE", "GET", "/", Map.of("transfer-encoding", "chunked"), -PROTOCOL_ERROR),
                new Malformed("upper case", "GET", "/", Map.of("X-A", "b"), -PROTOCOL_ERROR),
                new Malformed("late pseudo header", "GET", "/", Map.of("x", "y", ":path", "/b"), -PROTOCOL_ERROR),
                new Malformed("unknown pseudo header", "GET", "/", Map.of(":x", "y"), -PROTOCOL_ERROR),
                new Malformed("line feed in a value", "GET", "/", Map.of("x", "a\nb: c"), -PROTOCOL_ERROR),
                new Malformed("return in a value", "GET", "/", Map.of("x", "a\rb"), -PROTOCOL_ERROR),
                new Malformed("NUL in a value", "GET", "/", Map.of("x", "a\0b"), -PROTOCOL_ERROR),
                new Malformed("blank in a name", "GET", "/", Map.of("x y", "a"), -PROTOCOL_ERROR),
                new Malformed("colon in a name", "GET", "/", Map.of("x:y", "a"), -PROTOCOL_ERROR),
                new Malformed("length without body", "GET", "/", Map.of("content-length", "3"), -PROTOCOL_ERROR),
                new Malformed("blank in the path", "GET", "/a b", Map.of(), 400),
                new Malformed("line feed in the path", "GET", "/a\nb", Map.of(), -PROTOCOL_ERROR),
                new Malformed("path without slash", "GET", "a", Map.of(), 400),
                new Malformed("broken escape", "GET", "/%zz", Map.of(), 400),
                new Malformed("blank in the method", "GET /x HTTP/1.1", "/", Map.of(), -PROTOCOL_ERROR),
                new Malformed("unknown expectation", "GET", "/", Map.of("expect", "more"), 417));
    }

    @Test
    void aBodyThatIsNotAsLongAsItSaysIsReset() throws Exception {
        try (var client = connect()) {
            client.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS,
                    1,
                    RawHttp2.request("POST", "/", Map.of("content-length", "3")));
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[5]);
            assertThat(client.status(1)).isEqualTo(-PROTOCOL_ERROR);
        }
    }

    @Test
    void connectionCloseFromAHandlerBecomesGoAway() throws Exception {
        try (var client = connect()) {
            client.get(1, "/refused");
            assertThat(client.status(1)).isEqualTo(401);
            assertThat(client.awaitGoAway().error()).isEqualTo(NO_ERROR);
            client.awaitClose();
        }
    }

    @Test
    void afterGoAwayWhatIsOpenGoesOn() throws Exception {
        try (var client = connect()) {
            client.get(1, "/watch");
            assertThat(client.status(1)).isEqualTo(200);
            client.get(3, "/refused");
            assertThat(client.awaitGoAway().error()).isEqualTo(NO_ERROR);
            Thread.sleep(1500);
            client.frame(RawHttp2.PING, 0, 0, new byte[8]);
            assertThat(client.await(frame -> frame.type() == RawHttp2.PING).flags())
                    .isEqualTo(RawHttp2.ACK);
        }
    }

    @Test
    void aBodyNotWantedIsStoppedWithoutError() throws Exception {
        try (var client = connect()) {
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.request("POST", "/refused", Map.of()));
            assertThat(client.status(1)).isEqualTo(401);
            assertThat(client.await(frame -> frame.type() == RawHttp2.RST_STREAM)
                            .error())
                    .isEqualTo(NO_ERROR);
        }
    }
}
