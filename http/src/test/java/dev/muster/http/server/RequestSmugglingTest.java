package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.serve.Response;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What two parsers could read differently is not read at all (RFC 9112 sections 2.2, 3, 5, 6 and 11.2). */
class RequestSmugglingTest {

    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
    private static HttpServer server;

    /**
     * One request that must be answered with this status, and after which nothing that follows may be taken for a request.
     *
     * @param request what is sent; a hidden request follows it
     */
    record Case(String name, int status, String request) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() {
        server = HttpServer.start(
                ServerConfig.clearText(new InetSocketAddress("127.0.0.1", 0)),
                exchange -> exchange.body(1000, body -> {
                    SEEN.add(exchange.path());
                    exchange.respond(Response.of(200, "text/plain", body));
                }));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static String post(String... lines) {
        return "POST /front HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    }

    static Stream<Case> refused() {
        return Stream.of(
                new Case("CL and TE", 400, post("Content-Length: 3", "Transfer-Encoding: chunked") + "0\r\n\r\n"),
                new Case("TE and CL", 400, post("Transfer-Encoding: chunked", "Content-Length: 3") + "0\r\n\r\n"),
                new Case("two CL that differ", 400, post("Content-Length: 3", "Content-Length: 4") + "abc"),
                new Case("two CL alike", 400, post("Content-Length: 3", "Content-Length: 3") + "abc"),
                new Case("CL list", 400, post("Content-Length: 3, 3") + "abc"),
                new Case("CL with plus", 400, post("Content-Length: +3") + "abc"),
                new Case("CL negative", 400, post("Content-Length: -3") + "abc"),
                new Case("CL hexadecimal", 400, post("Content-Length: 0x3") + "abc"),
                new Case("CL empty", 400, post("Content-Length:") + "abc"),
                new Case("CL beyond 64 bits", 400, post("Content-Length: 99999999999999999999") + "abc"),
                new Case("TE not chunked", 400, post("Transfer-Encoding: gzip") + "abc"),
                new Case("TE chunked not last", 400, post("Transfer-Encoding: chunked, identity") + "0\r\n\r\n"),
                new Case("TE xchunked", 400, post("Transfer-Encoding: xchunked") + "0\r\n\r\n"),
                new Case("TE twice", 400, post("Transfer-Encoding: chunked", "Transfer-Encoding: x") + "0\r\n\r\n"),
                new Case("TE with VT", 400, post("Transfer-Encoding:\u000bchunked") + "0\r\n\r\n"),
                new Case(
                        "TE in HTTP/1.0",
                        400,
                        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                new Case("bare LF in head", 400, "GET / HTTP/1.1\nHost: a\n\n"),
                new Case("bare LF after a field", 400, "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
                new Case("bare CR in a value", 400, "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"),
                new Case("NUL in a value", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n"),
                new Case("obs-fold", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n"),
                new Case("obs-fold by tab", 400, "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n"),
                new Case("fold before the first field", 400, "GET / HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n"),
                new Case("blank before colon", 400, post("Content-Length : 3") + "abc"),
                new Case("no colon", 400, post("Content-Length 3") + "abc"),
                new Case("empty name", 400, post(": 3") + "abc"),
                new Case("quote in a name", 400, post("Content\"Length: 3") + "abc"),
                new Case("no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
                new Case("two Hosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                new Case("HTTP/0.9", 400, "GET /\r\n\r\n"),
                new Case("no version", 400, "GET / \r\n\r\n"),
                new Case("blank in the target", 400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case("two blanks", 400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case("method no token", 400, "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case("tab for blank", 400, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case("control in the target", 400, "GET /a\u0001 HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case("high byte in the target", 400, "GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case("blank first", 400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case("three empty lines first", 400, "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case("HTTP/1.2", 505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
                new Case("HTTP/2.0 said aloud", 505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
                new Case("http/1.1", 400, "GET / http/1.1\r\nHost: a\r\n\r\n"),
                new Case("HTTP/1.10", 400, "GET / HTTP/1.10\r\nHost: a\r\n\r\n"),
                new Case("TLS hello in the clear", 400, "\u0016\u0003\u0001\u0002\0\u0001"),
                new Case("request line too long", 414, "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case("field too long", 431, post("X: " + "a".repeat(300_000))),
                new Case("too many fields", 431, "GET / HTTP/1.1\r\nHost: a\r\n" + "a:\r\n".repeat(10_000) + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedAndTheConnectionEnds(Case c) throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say(c.request() + HIDDEN);
            var answer = client.answer();
            assertThat(answer.status()).as(answer.head()).isEqualTo(c.status());
            assertThat(answer.head().toLowerCase(java.util.Locale.ROOT)).contains("connection: close");
            assertThat(client.rest()).isEmpty();
        }
        assertThat(SEEN).isEmpty();
    }

    static Stream<Case> brokenBodies() {
        return Stream.of(
                new Case("chunk size ended by LF", 0, "3\nabc\r\n0\r\n\r\n"),
                new Case("chunk ended by LF", 0, "3\r\nabc\n0\r\n\r\n"),
                new Case("chunk longer than said", 0, "3\r\nabcdef\r\n0\r\n\r\n"),
                new Case("chunk size empty", 0, "\r\nabc\r\n0\r\n\r\n"),
                new Case("chunk size with 0x", 0, "0x3\r\nabc\r\n0\r\n\r\n"),
                new Case("chunk size negative", 0, "-3\r\nabc\r\n0\r\n\r\n"),
                new Case("chunk size too great", 0, "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
                new Case("chunk extension ended by LF", 0, "3;a\nabc\r\n0\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void aBrokenChunkEndsTheConnectionWithoutServing(Case c) throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say(post("Transfer-Encoding: chunked") + c.request() + HIDDEN);
            assertThat(client.rest()).doesNotContain(" 200 ");
        }
        assertThat(SEEN).isEmpty();
    }

    @Test
    void oneEmptyLineBeforeARequestIsPassedOver() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say("\r\nGET /front HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say(post("Content-Length: 3") + "one" + post("Transfer-Encoding: chunked") + "3\r\ntwo\r\n0\r\n\r\n"
                    + HIDDEN);
            assertThat(client.answer().body()).isEqualTo("one");
            assertThat(client.answer().body()).isEqualTo("two");
            assertThat(client.answer().status()).isEqualTo(200);
        }
        assertThat(SEEN).containsExactly("/front", "/front", "/hidden");
    }

    @Test
    void aHeadMayComeByteByByte() throws Exception {
        try (var client = new RawHttp(server.address())) {
            for (byte b : (post("Content-Length: 3") + "one").getBytes(StandardCharsets.US_ASCII)) {
                client.say(new byte[] {b});
            }
            assertThat(client.answer().body()).isEqualTo("one");
        }
    }

    @Test
    void http10IsAnsweredAndClosed() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say("GET /old HTTP/1.0\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.0 200 OK\r\n");
        }
        assertThat(SEEN).containsExactly("/old");
    }

    @Test
    void theAbsoluteFormLosesItsAuthority() throws Exception {
        try (var client = new RawHttp(server.address())) {
            client.say("GET http://elsewhere/front?a HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
        }
        assertThat(SEEN).containsExactly("/front");
    }
}
