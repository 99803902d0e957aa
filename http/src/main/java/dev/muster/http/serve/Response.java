package dev.muster.http.serve;

import java.util.List;
import java.util.Map;

/**
 * A whole response.
 *
 * @param headers several values of one name are sent as several lines
 * @param body shared, not changed; empty for none
 */
public record Response(int status, Map<String, List<String>> headers, byte[] body) {

    private static final byte[] NOTHING = {};

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, Map.of("content-type", List.of(contentType)), body);
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), NOTHING);
    }
}
