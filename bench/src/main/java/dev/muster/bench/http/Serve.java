package dev.muster.bench.http;

import dev.muster.crypto.tls.ServerTls;
import dev.muster.crypto.tls.ServingIdentity;
import dev.muster.http.serve.Response;
import dev.muster.http.server.HttpServer;
import dev.muster.http.server.ServerConfig;
import dev.muster.http.server.TlsConfig;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Answers every request with the same bytes: {@code bare|muster CHAIN.pem KEY.pem BODY PORT [HEADERS]}. The bare one answers with
 * the headers of a file too, one {@code name: value} in a line, so that its answer is as long as what it is compared to.
 */
public final class Serve {

    private static final String TYPE = "application/json";

    private Serve() {}

    public static void main(String[] arguments) throws Exception {
        var chain = Path.of(arguments[1]);
        var key = Path.of(arguments[2]);
        byte[] body = Files.readAllBytes(Path.of(arguments[3]));
        int port = Integer.parseInt(arguments[4]);
        switch (arguments[0]) {
            case "bare" -> bare(chain, key, body, port, headers(arguments));
            case "muster" -> muster(chain, key, body, port);
            default -> throw new IllegalArgumentException("bare or muster, not " + arguments[0]);
        }
    }

    private record Header(String name, String value) {}

    private static List<Header> headers(String[] arguments) throws IOException {
        if (arguments.length < 6) {
            return List.of(new Header("content-type", TYPE));
        }
        return Files.readAllLines(Path.of(arguments[5])).stream()
                .map(line -> line.split(": ", 2))
                .map(parts -> new Header(parts[0], parts[1]))
                .toList();
    }

    private static void bare(Path chain, Path key, byte[] body, int port, List<Header> headers) throws Exception {
        var identity = ServingIdentity.parse(Files.readAllBytes(chain), Files.readAllBytes(key));
        var anyClient = tls(identity).trustManager();
        var tls = new ServerSSLOptions();
        tls.setKeyCertOptions(
                new PemKeyCertOptions().setCertPath(chain.toString()).setKeyPath(key.toString()));
        tls.setTrustOptions(TrustOptions.wrap(anyClient));
        tls.setClientAuth(ClientAuth.REQUEST);
        var http = new HttpServerConfig().setVersions(Set.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
                .createHttpServer(http, tls)
                .requestHandler(request -> {
                    var response = request.response();
                    headers.forEach(header -> response.putHeader(header.name(), header.value()));
                    response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(body)));
                })
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void muster(Path chain, Path key, byte[] body, int port) throws Exception {
        var identity = ServingIdentity.parse(Files.readAllBytes(chain), Files.readAllBytes(key));
        var response = Response.of(200, TYPE, body);
        HttpServer.start(
                ServerConfig.of(new InetSocketAddress("127.0.0.1", port), TlsConfig.of(tls(identity))),
                exchange -> exchange.respond(response));
    }

    private static ServerTls tls(ServingIdentity identity) {
        return ServerTls.of(() -> identity, () -> List.of(identity.certified().certificate()));
    }
}
