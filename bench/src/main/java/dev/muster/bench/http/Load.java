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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends GETs over HTTP/2 with a client certificate, which h2load cannot: {@code URL REQUESTS CHAIN.pem KEY.pem}. Four
 * connections with 32 requests in flight each. Ends with status 1 unless every answer is 200.
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
                        new PemKeyCertOptions().setCertPath(arguments[2]).setKeyPath(arguments[3]));
        var client = vertx.createHttpClient(options, new PoolOptions().setHttp2MaxSize(CONNECTIONS));
        var request = new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(arguments[0]);
        var load = new Load(client, request, Long.parseLong(arguments[1]));
        for (int i = 0; i < IN_FLIGHT; i++) {
            load.next();
        }
        load.lanes.await();
        System.exit(load.bad.get() == 0 ? 0 : 1);
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
