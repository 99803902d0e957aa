package dev.muster.http.serve;

import dev.muster.core.identity.PeerChain;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One request and its response. Methods may be called from any thread unless they say otherwise; only one thread works on an
 * exchange at a time.
 */
public interface Exchange {

    /** As sent, case-sensitive. */
    String method();

    /** The raw path: undecoded, uncleaned, without query. */
    String path();

    /** The raw query without the question mark; empty when none. */
    String rawQuery();

    /** Decoded query parameters, in order, every value kept. */
    Query query();

    Headers headers();

    /** 1 or 2. */
    int httpVersion();

    InetSocketAddress remote();

    /** The TLS peer's certificates; the same object for every request of a connection. */
    Optional<PeerChain> peerChain();

    /**
     * Reads the whole body, then calls {@code then} on the event loop. A body above the limit is answered 413 and the
     * connection closed; {@code then} is not called. Call at once, before leaving the event loop.
     */
    void body(int limit, Consumer<byte[]> then);

    /** Runs work elsewhere; what it throws becomes a 500 and a log line. */
    void offload(Lane lane, Runnable work);

    /** Sends a whole response. A second response is a bug and is logged. */
    void respond(Response response);

    /** Begins a response that goes on: a watch. */
    Stream stream(int status, Map<String, List<String>> headers);

    /** Adds a header to whatever response will be sent; before it is. */
    void addHeader(String name, String value);

    /**
     * After the response this connection takes no further requests: {@code Connection: close} for HTTP/1.1, GOAWAY for HTTP/2.
     * Before the response.
     */
    default void closeConnectionAfter() {
        addHeader("connection", "close");
    }

    boolean responded();

    /** Called once when the client has gone or the response is complete. */
    void onClosed(Runnable action);

    /** A place for filters to leave values for handlers. */
    <T> void put(Slot<T> slot, T value);

    /** What a filter left. */
    <T> Optional<T> get(Slot<T> slot);

    /** Names one kind of value left on an exchange; compared by identity. */
    final class Slot<T> {
        private final String name;

        public Slot(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
