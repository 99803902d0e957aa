package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Lane;
import dev.muster.http.serve.Response;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies over HTTP/1.1, where a body not read stands in the way of the next request. */
class BodyTest {

    private static final int LIMIT = 1000;
    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start(ServerConfig.clearText(new InetSocketAddress("127.0.0.1", 0)), BodyTest::handle);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void handle(Exchange exchange) {
        switch (exchange.path()) {
            case "/read" -> exchange.body(LIMIT, body -> exchange.respond(text("read " + body.length)));
            case "/late" ->
                exchange.offload(
                        Lane.BLOCKING,
                        () -> exchange.body(LIMIT, body -> exchange.respond(text("read " + body.length))));
            case "/throws" ->
                exchange.body(LIMIT, _ -> {
                    throw new IllegalStateException("a bug");
                });
            default -> exchange.respond(Response.of(401, "text/plain", "no".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static Response text(String text) {
        return Response.of(200, "text/plain", text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String post(String path, String... lines) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    }

    @Test
    void aBodyThatSaysItIsTooLongIsRefusedUnread() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say(post("/read", "Content-Length: 1001"));
            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("Request Entity Too Large\n");
            assertThat(answer.head().toLowerCase(java.util.Locale.ROOT)).contains("connection: close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aBodyThatTurnsOutTooLongIsRefused() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say(post("/read", "Transfer-Encoding: chunked"));
            client.say("3e8\r\n" + "a".repeat(LIMIT) + "\r\n1\r\nb\r\n");
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say(post("/read", "Content-Length: 1000") + "a".repeat(LIMIT));
            assertThat(client.answer().body()).isEqualTo("read 1000");
            client.say(post("/read", "Transfer-Encoding: chunked") + "3e8\r\n" + "a".repeat(LIMIT) + "\r\n0\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("read 1000");
        }
    }

    @Test
    void noBodyIsAnEmptyOne() throws Exception {
        try (var client = new RawHttp(server.address())) {
            for (String path : new String[] {"/read", "/late"}) {
                client.say("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.answer().body()).isEqualTo("read 0");
            }
        }
    }

    @Test
    void whatTheReaderThrowsIsA500() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say(post("/throws", "Content-Length: 3") + "abc");
            assertThat(client.answer().status()).isEqualTo(500);
        }
    }

    @Test
    void aClientThatExpectsContinueHearsItWhenItsBodyIsWanted() throws Exception {
        for (String path : new String[] {"/read", "/late"}) {
            try (var client = new RawHttp(server.address())) {
                client.say(post(path, "Content-Length: 3", "Expect: 100-Continue"));
                assertThat(client.head()).startsWith("HTTP/1.1 100 Continue\r\n");
                client.say("abc");
                assertThat(client.answer().body()).isEqualTo("read 3");
            }
        }
    }

    @Test
    void aClientThatExpectsContinueIsRefusedBeforeItSends() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say(post("/refused", "Content-Length: 3", "Expect: 100-continue"));
            assertThat(client.answer().status()).isEqualTo(401);
            assertThat(client.rest()).isEmpty();
        }
        try (var client = new RawHttp(server.address())) {
            client.say(post("/read", "Content-Length: 3000", "Expect: 100-continue"));
            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void anotherExpectationIs417() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say(post("/read", "Content-Length: 0", "Expect: 200-maybe"));
            assertThat(client.answer().status()).isEqualTo(417);
        }
    }

    @Test
    void aRefusedBodyThatIsSentAllTheSameDoesNotBecomeARequest() throws Exception {
        String hidden = "GET /read HTTP/1.1\r\nHost: a\r\n\r\n";
        try (var client = new RawHttp(server.address())) {
            client.say(post("/refused", "Content-Length: " + hidden.length()) + hidden);
            assertThat(client.answer().status()).isEqualTo(401);
            client.say(post("/read", "Content-Length: 3") + "abc");
            assertThat(client.answer().body()).isEqualTo("read 3");
        }
    }

    @Test
    void manyBodiesAtOnceStayApart() throws Exception {
        int clients = 20;
        var done = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            int length = i;
            Thread.ofVirtual().start(() -> {
                try (var client = new RawHttp(server.address())) {
                    for (int round = 0; round < 10; round++) {
                        client.say(post("/late", "Content-Length: " + length));
                        client.say("x".repeat(length));
                        assertThat(client.answer().body()).isEqualTo("read " + length);
                    }
                    done.countDown();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
        assertThat(done.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
}
