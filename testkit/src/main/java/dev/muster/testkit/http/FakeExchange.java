package dev.muster.testkit.http;

import dev.muster.core.identity.PeerChain;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Headers;
import dev.muster.http.serve.Lane;
import dev.muster.http.serve.Query;
import dev.muster.http.serve.Response;
import dev.muster.http.serve.Stream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A request made by hand and the response it got. Offloaded work runs at once in the calling thread, or when the test says so
 * ({@link #deferOffloaded()}); what it throws becomes a plain 500, as on a real server.
 *
 * <pre>{@code
 * var exchange = FakeExchange.get("/api/v1/pods?limit=1").header("Accept", "application/json");
 * handler.handle(exchange);
 * assertThat(exchange.status()).isEqualTo(200);
 * }</pre>
 */
public final class FakeExchange implements Exchange {

    private final String method;
    private final String path;
    private final String rawQuery;
    private final FakeHeaders headers = new FakeHeaders();
    private final Map<Slot<?>, Object> slots = new IdentityHashMap<>();
    private final Map<String, List<String>> added = new LinkedHashMap<>();
    private final List<Runnable> onClosed = new ArrayList<>();
    private final List<Runnable> deferred = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private byte[] body = {};
    private int httpVersion = 1;
    private InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    private Optional<PeerChain> peerChain = Optional.empty();
    private boolean deferring;
    private boolean closed;
    private boolean closesConnection;
    private volatile Response response;
    private volatile FakeStream stream;

    private FakeExchange(String method, String target) {
        this.method = method;
        int question = target.indexOf('?');
        this.path = question < 0 ? target : target.substring(0, question);
        this.rawQuery = question < 0 ? "" : target.substring(question + 1);
    }

    /** A request; the target may have a query. */
    public static FakeExchange of(String method, String target) {
        return new FakeExchange(method, target);
    }

    public static FakeExchange get(String target) {
        return of("GET", target);
    }

    public static FakeExchange post(String target, String contentType, String body) {
        return of("POST", target).header("Content-Type", contentType).body(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a request header; several of one name are kept in order. */
    public FakeExchange header(String name, String value) {
        headers.add(name, value);
        return this;
    }

    public FakeExchange body(byte[] bytes) {
        this.body = bytes;
        return this;
    }

    public FakeExchange http2() {
        this.httpVersion = 2;
        return this;
    }

    public FakeExchange from(InetSocketAddress address) {
        this.remote = address;
        return this;
    }

    public FakeExchange peer(PeerChain chain) {
        this.peerChain = Optional.of(chain);
        return this;
    }

    /** Offloaded work waits for {@link #runOffloaded()}. */
    public FakeExchange deferOffloaded() {
        this.deferring = true;
        return this;
    }

    public void runOffloaded() {
        var work = List.copyOf(deferred);
        deferred.clear();
        work.forEach(this::run);
    }

    /** Where work was sent, in order. */
    public List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    /** Plays a client that goes away. */
    public void disconnect() {
        close();
    }

    public Response response() {
        if (response == null) {
            throw new AssertionError(method + " " + path + " was not answered");
        }
        return response;
    }

    public int status() {
        return response().status();
    }

    public String text() {
        return new String(response().body(), StandardCharsets.UTF_8);
    }

    /** All values of a response header, added ones first; names without regard to case. */
    public List<String> responseHeader(String name) {
        var all = new ArrayList<>(added.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        if (response != null) {
            response.headers().forEach((key, values) -> {
                if (key.equalsIgnoreCase(name)) {
                    all.addAll(values);
                }
            });
        }
        return all;
    }

    /** The stream, if the answer was one. */
    public Optional<FakeStream> streamed() {
        return Optional.ofNullable(stream);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String rawQuery() {
        return rawQuery;
    }

    @Override
    public Query query() {
        return Query.parse(rawQuery);
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public int httpVersion() {
        return httpVersion;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public Optional<PeerChain> peerChain() {
        return peerChain;
    }

    @Override
    public void body(int limit, Consumer<byte[]> then) {
        if (body.length > limit) {
            respond(Response.empty(413));
        } else {
            then.accept(body);
        }
    }

    @Override
    public void offload(Lane lane, Runnable work) {
        lanes.add(lane);
        if (deferring) {
            deferred.add(work);
        } else {
            run(work);
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            respond(Response.of(500, "text/plain", "offloaded work failed".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void respond(Response answer) {
        if (responded()) {
            throw new AssertionError("a second response to " + method + " " + path + ": " + answer.status());
        }
        response = answer;
        close();
    }

    @Override
    public Stream stream(int status, Map<String, List<String>> streamHeaders) {
        if (responded()) {
            throw new AssertionError("a second response to " + method + " " + path + ": a stream");
        }
        response = new Response(status, streamHeaders, new byte[0]);
        stream = new FakeStream(this::close);
        return stream;
    }

    @Override
    public void addHeader(String name, String value) {
        if (responded()) {
            throw new AssertionError("a header after the response: " + name);
        }
        added.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                .add(value);
    }

    @Override
    public void closeConnectionAfter() {
        closesConnection = true;
    }

    /** Whether the handler wanted the connection to be closed after the answer. */
    public boolean closesConnection() {
        return closesConnection;
    }

    @Override
    public boolean responded() {
        return response != null;
    }

    @Override
    public void onClosed(Runnable action) {
        if (closed) {
            action.run();
        } else {
            onClosed.add(action);
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            onClosed.forEach(Runnable::run);
        }
    }

    @Override
    public <T> void put(Slot<T> slot, T value) {
        slots.put(slot, value);
    }

    @Override
    @SuppressWarnings("unchecked") // put() has checked the pair
    public <T> Optional<T> get(Slot<T> slot) {
        return Optional.ofNullable((T) slots.get(slot));
    }
}
