package dev.muster.bench.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends GETs over HTTP/2 with a client certificate, which h2load cannot: {@code CHAIN.pem KEY.pem}, and on standard input lines
 * of {@code REQUESTS URL}. Answers each line with {@code ok}, or with how many answers were not 200. Four connections with 32
 * requests in flight each, kept from line to line, so that the load is warm when the server is.
 */
public final class Load {

    private static final int CONNECTIONS = 4;
    private static final int IN_FLIGHT = 32 * CONNECTIONS;

    private final HttpClientAgent client;
    private final RequestOptions request;
    private final AtomicLong left;
    private final AtomicInteger bad = new AtomicInteger();
    private final CountDownLatch lanes = new CountDownLatch(IN_FLIGHT);

    private Load(HttpClientAgent client, RequestOptions request, long requests) {
        this.client = client;
        this.request = request;
        this.left = new AtomicLong(requests);
    }

    public static void main(String[] arguments) throws Exception {
        var vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        var options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setKeyCertOptions(
                        new PemKeyCertOptions().setCertPath(arguments[0]).setKeyPath(arguments[1]));
        var client = vertx.createHttpClient(options, new PoolOptions().setHttp2MaxSize(CONNECTIONS));
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.split(" ");
                var request = new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(words[1]);
                int bad = new Load(client, request, Long.parseLong(words[0])).run();
                System.out.println(bad == 0 ? "ok" : bad + " answers were not 200");
            }
        }
        System.exit(0);
    }

    private int run() throws InterruptedException {
        for (int i = 0; i < IN_FLIGHT; i++) {
            next();
        }
        lanes.await();
        return bad.get();
    }

    private void next() {
        if (left.getAndDecrement() <= 0) {
            lanes.countDown();
            return;
        }
        client.request(request)
                .compose(sent -> sent.send())
                .compose(response -> {
                    if (response.statusCode() != 200) {
                        bad.incrementAndGet();
                    }
                    return response.end();
                })
                .onComplete(result -> {
                    if (result.failed()) {
                        bad.incrementAndGet();
                    }
                    next();
                });
    }
}
