package dev.muster.http.call;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One call to make. A GET, unless it has a body, which is posted.
 *
 * @param uri https, with a host, without user and fragment
 * @param headers beside those that every call has; values may be secret
 * @param mostBytes the longest body that is read of the answer
 * @param deadline for all of it
 * @param sameOrigin whether a redirect to the same scheme, host and port is followed, a few times; others never are
 */
public record Call(
        URI uri,
        Map<String, String> headers,
        Optional<byte[]> body,
        int mostBytes,
        Duration deadline,
        boolean sameOrigin) {

    public Call {
        headers = Map.copyOf(headers);
    }

    /** Reads a document, and follows redirects within its origin. */
    public static Call get(URI uri, int mostBytes, Duration deadline) {
        return new Call(uri, Map.of("Accept", "application/json"), Optional.empty(), mostBytes, deadline, true);
    }

    /** The same with a bearer token, which goes to exactly there: no redirect is followed. */
    public static Call get(URI uri, String bearer, int mostBytes, Duration deadline) {
        return new Call(uri, Map.of("Authorization", "Bearer " + bearer), Optional.empty(), mostBytes, deadline, false);
    }

    Call at(URI other) {
        return new Call(other, headers, body, mostBytes, deadline, sameOrigin);
    }

    /** Without headers, body and query: those may be secret. */
    @Override
    public String toString() {
        return "Call " + CallFailed.plain(uri);
    }
}
