package dev.muster.http.call;

import dev.muster.http.call.CallFailed.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;

/** Calls servers that certain authorities vouch for. Blocks, so it belongs on a virtual thread. Thread-safe. */
public final class HttpsClient implements AutoCloseable {

    private static final int MOST_REDIRECTS = 3;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final CallWatcher watcher;

    private HttpsClient(HttpClient client, CallWatcher watcher) {
        this.client = client;
        this.watcher = watcher;
    }

    /**
     * @param authorities whom to trust; empty = whom the system trusts
     */
    public static HttpsClient of(List<X509Certificate> authorities, ProxyVariables proxies, CallWatcher watcher) {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .sslContext(Trusting.context(authorities))
                .sslParameters(parameters)
                .proxy(proxies)
                .build();
        return new HttpsClient(client, watcher);
    }

    /** Sends and waits. */
    public Reply send(Call call) throws CallFailed {
        long begun = System.nanoTime();
        try {
            var reply = following(call, begun + call.deadline().toNanos());
            watcher.ended(call, Optional.empty(), Duration.ofNanos(System.nanoTime() - begun));
            return reply;
        } catch (CallFailed e) {
            watcher.ended(call, Optional.of(e.kind()), Duration.ofNanos(System.nanoTime() - begun));
            throw e;
        }
    }

    private Reply following(Call call, long end) throws CallFailed {
        var next = call;
        for (int hops = 0; ; hops++) {
            var reply = once(next, end);
            if (!isRedirect(reply.status())) {
                return reply;
            }
            var target = target(next.uri(), reply);
            if (!call.sameOrigin() || target.isEmpty() || !origin(target.get()).equals(origin(call.uri()))) {
                throw new CallFailed(
                        Kind.REDIRECT,
                        next.uri(),
                        "answered with a redirect (" + reply.status() + ") to "
                                + target.map(CallFailed::plain).orElse("nowhere") + ", which is not followed");
            }
            if (hops == MOST_REDIRECTS) {
                throw new CallFailed(Kind.REDIRECT, call.uri(), "more than " + MOST_REDIRECTS + " redirects");
            }
            next = next.at(target.get());
        }
    }

    private Reply once(Call call, long end) throws CallFailed {
        check(call.uri());
        var left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) {
            throw late(call);
        }
        var future = client.sendAsync(request(call, left), head -> body(call, head));
        try {
            var answer = future.get(left.toNanos(), TimeUnit.NANOSECONDS);
            return new Reply(answer.statusCode(), answer.headers(), answer.body());
        } catch (TimeoutException e) {
            throw late(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailed(Kind.TIMEOUT, call.uri(), "was given up");
        } catch (ExecutionException e) {
            throw Failures.of(call, e.getCause());
        } finally {
            abandon(future);
        }
    }

    private static LimitedBody body(Call call, HttpResponse.ResponseInfo head) {
        long said = head.headers().firstValueAsLong("content-length").orElse(0);
        int most = said > call.mostBytes() ? 0 : call.mostBytes();
        return new LimitedBody(
                most,
                new CallFailed(Kind.TOO_LARGE, call.uri(), "answered with more than " + call.mostBytes() + " bytes"));
    }

    private static void abandon(CompletableFuture<?> future) {
        if (!future.isDone()) {
            future.cancel(true);
        }
    }

    private static HttpRequest request(Call call, Duration left) {
        var request = HttpRequest.newBuilder(call.uri()).timeout(left).header("User-Agent", "muster");
        call.headers().forEach(request::header);
        call.body().ifPresent(body -> request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        return request.build();
    }

    private static void check(URI uri) throws CallFailed {
        if (!"https".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            throw new CallFailed(
                    Kind.URL, uri, "is not called: only https URLs with a host, without user and fragment, are");
        }
    }

    private static CallFailed late(Call call) {
        return new CallFailed(
                Kind.TIMEOUT,
                call.uri(),
                "no whole answer within " + call.deadline().toMillis() + " ms");
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Optional<URI> target(URI from, Reply reply) {
        try {
            return reply.header("location").map(to -> from.resolve(to));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Scheme, host and port, as one text. */
    public static String origin(URI uri) {
        int port = uri.getPort() < 0 && "https".equalsIgnoreCase(uri.getScheme()) ? 443 : uri.getPort();
        return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(java.util.Locale.ROOT);
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
