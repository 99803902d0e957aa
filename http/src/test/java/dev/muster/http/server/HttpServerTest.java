package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Handler;
import dev.muster.http.serve.Lane;
import dev.muster.http.serve.Response;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpServerTest {

    private static final TestTls TLS = new TestTls();

    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private HttpClient start(HttpClient.Version version, Handler handler) {
        server = HttpServer.start(ServerConfig.of(new InetSocketAddress("127.0.0.1", 0), TLS.server()), handler);
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(TLS.client("jane"))
                .build();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + server.address().getPort() + path));
    }

    private static Response text(String text) {
        return Response.of(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void aRequestReachesTheHandlerAsSentAndItsAnswerTheClient(HttpClient.Version version) throws Exception {
        var client = start(version, exchange -> {
            exchange.addHeader("audit-id", "7");
            exchange.respond(new Response(
                    201,
                    Map.of("content-type", List.of("text/plain"), "warning", List.of("299 - \"a\"", "299 - \"b\"")),
                    String.join(
                                    " ",
                                    exchange.method(),
                                    exchange.path(),
                                    exchange.rawQuery(),
                                    exchange.query().text("q"),
                                    String.valueOf(exchange.headers().all("x-many")),
                                    String.valueOf(exchange.httpVersion()))
                            .getBytes(StandardCharsets.UTF_8)));
        });
        var response = client.send(
                to("/a%2Fb//c/../d?q=1%202&q=3")
                        .header("X-Many", "one, two")
                        .header("x-many", "three")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().allValues("warning")).containsExactly("299 - \"a\"", "299 - \"b\"");
        assertThat(response.headers().firstValue("audit-id")).contains("7");
        assertThat(response.headers().firstValue("date")).get().asString().endsWith(" GMT");
        assertThat(response.body())
                .isEqualTo("GET /a%2Fb//c/../d q=1%202&q=3 1 2 [one, two, three] "
                        + (version == HttpClient.Version.HTTP_2 ? 2 : 1));
    }

    @ParameterizedTest
    @EnumSource
    void thePeersChainIsOneObjectPerConnection(HttpClient.Version version) throws Exception {
        Set<Object> chains = ConcurrentHashMap.newKeySet();
        var client = start(version, exchange -> {
            var chain = exchange.peerChain().orElseThrow();
            chains.add(System.identityHashCode(chain));
            exchange.respond(text(chain.leaf().getSubjectX500Principal().getName()));
        });
        for (int i = 0; i < 3; i++) {
            assertThat(client.send(to("/").build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("CN=jane");
        }
        assertThat(chains).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyIsReadWholeWhereverItIsAskedFor(HttpClient.Version version) throws Exception {
        var client = start(
                version,
                exchange -> exchange.offload(Lane.BLOCKING, () -> {
                    pause(50);
                    exchange.body(1 << 20, bytes -> exchange.respond(text("got " + bytes.length)));
                }));
        var response = client.send(
                to("/").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[300_000]))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("got 300000");
    }

    @ParameterizedTest
    @EnumSource
    void whatAHandlerThrowsIsA500(HttpClient.Version version) throws Exception {
        var client = start(version, exchange -> {
            if (exchange.path().equals("/off")) {
                exchange.offload(Lane.CPU, HttpServerTest::fail);
            } else {
                fail();
            }
        });
        for (String path : List.of("/on", "/off")) {
            var response = client.send(to(path).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).isEqualTo("Internal Server Error\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamArrivesPieceByPieceAndEnds(HttpClient.Version version) throws Exception {
        var client = start(version, HttpServerTest::count);
        var response = client.send(to("/").build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("x-kind")).contains("watch");
        assertThat(response.body().toList()).hasSize(1000).first().isEqualTo("0");
    }

    private static void count(Exchange exchange) {
        var stream = exchange.stream(200, Map.of("x-kind", List.of("watch")));
        exchange.offload(Lane.BLOCKING, () -> {
            for (int i = 0; i < 1000; i++) {
                stream.write((i + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            stream.end();
        });
    }

    private static void fail() {
        throw new IllegalStateException("a bug");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
