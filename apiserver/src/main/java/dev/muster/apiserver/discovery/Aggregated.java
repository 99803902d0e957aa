package dev.muster.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.apiserver.negotiate.Accepted;
import dev.muster.http.serve.Exchange;
import dev.muster.http.serve.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One aggregated document, ready to be sent, and the headers that let clients keep it. */
final class Aggregated {

    private static final byte[] NOTHING = {};

    private final ObjectNode tree;
    private final byte[] bytes;
    private final String etag;

    Aggregated(ObjectNode tree) {
        this.tree = tree;
        this.bytes = Json.write(tree);
        this.etag = '"' + HexFormat.of().withUpperCase().formatHex(sha512(bytes)) + '"';
    }

    /** The content type repeats what was asked for: by it the client knows what it got. */
    void answer(Exchange exchange, Accepted accepted) {
        if (exchange.headers().first("if-none-match").filter(etag::equals).isPresent()) {
            exchange.respond(new Response(304, caching(), NOTHING));
            return;
        }
        var headers = new LinkedHashMap<>(caching());
        var parameters = accepted.conversion().map(c -> c.parameters()).orElse("");
        headers.put("content-type", List.of(accepted.type().text() + parameters));
        exchange.respond(new Response(200, headers, accepted.pretty() ? Json.writePretty(tree) : bytes));
    }

    private Map<String, List<String>> caching() {
        return Map.of("etag", List.of(etag), "vary", List.of("Accept"), "cache-control", List.of("public"));
    }

    private static byte[] sha512(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
