package dev.muster.apiserver.controllers.clustertrust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.MalformedBody;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is told to aggregated API servers.
 *
 * @param clients whose certificates are users
 * @param proxies whose certificates are front proxies; empty = there are none, and the rest says nothing
 * @param allowedNames common names of front proxies; empty = all
 * @param headers in which they speak
 */
public record ClusterTrust(
        List<X509Certificate> clients, List<X509Certificate> proxies, List<String> allowedNames, Headers headers) {

    private static final String CLIENTS = "client-ca-file";
    private static final String PROXIES = "requestheader-client-ca-file";
    private static final String ALLOWED = "requestheader-allowed-names";
    private static final String USERNAMES = "requestheader-username-headers";
    private static final String UIDS = "requestheader-uid-headers";
    private static final String GROUPS = "requestheader-group-headers";
    private static final String EXTRA = "requestheader-extra-headers-prefix";

    /** Clocks of servers differ: for so long what has expired here may be good elsewhere. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    /** Names of headers, and prefixes of names. */
    public record Headers(List<String> usernames, List<String> uids, List<String> groups, List<String> extraPrefixes) {

        /** None. */
        public static final Headers NONE = new Headers(List.of(), List.of(), List.of(), List.of());

        Headers with(Headers more) {
            return new Headers(
                    union(usernames, more.usernames),
                    union(uids, more.uids),
                    union(groups, more.groups),
                    union(extraPrefixes, more.extraPrefixes));
        }
    }

    public ClusterTrust {
        clients = List.copyOf(clients);
        proxies = List.copyOf(proxies);
        allowedNames = List.copyOf(allowedNames);
    }

    /** What the object says; a value that cannot be read says nothing. */
    static ClusterTrust read(JsonNode data) {
        return new ClusterTrust(
                certificates(data.path(CLIENTS).asText("")),
                certificates(data.path(PROXIES).asText("")),
                list(data.path(ALLOWED).asText("")),
                new Headers(
                        list(data.path(USERNAMES).asText("")),
                        list(data.path(UIDS).asText("")),
                        list(data.path(GROUPS).asText("")),
                        list(data.path(EXTRA).asText(""))));
    }

    private static List<X509Certificate> certificates(String pem) {
        try {
            return pem.isEmpty() ? List.of() : Pem.certificates(pem.getBytes(StandardCharsets.ISO_8859_1));
        } catch (MalformedPem _) {
            return List.of();
        }
    }

    private static List<String> list(String json) {
        try {
            JsonNode wrapped = Json.parseObject(("{\"list\":" + json + "}").getBytes(StandardCharsets.UTF_8))
                    .value()
                    .path("list");
            return wrapped.isArray() && wrapped.valueStream().allMatch(JsonNode::isTextual)
                    ? wrapped.valueStream().map(JsonNode::textValue).toList()
                    : List.of();
        } catch (MalformedBody _) {
            return List.of();
        }
    }

    /** Both, this one's first, each once; without authorities that have expired. */
    ClusterTrust with(ClusterTrust more, Instant now) {
        return new ClusterTrust(
                alive(union(clients, more.clients), now),
                alive(union(proxies, more.proxies), now),
                union(allowedNames, more.allowedNames),
                headers.with(more.headers));
    }

    private static List<X509Certificate> alive(List<X509Certificate> all, Instant now) {
        return all.stream()
                .filter(one -> one.getNotAfter().toInstant().isAfter(now.minus(SLACK)))
                .toList();
    }

    private static <T> List<T> union(List<T> first, List<T> second) {
        return List.copyOf(new LinkedHashSet<>(
                Stream.concat(first.stream(), second.stream()).toList()));
    }

    /** As the object's data. */
    ObjectNode write() {
        var data = JsonNodeFactory.instance.objectNode();
        if (!clients.isEmpty()) {
            data.put(CLIENTS, Pem.write(clients));
        }
        if (!proxies.isEmpty()) {
            data.put(ALLOWED, json(allowedNames));
            data.put(PROXIES, Pem.write(proxies));
            data.put(EXTRA, json(headers.extraPrefixes()));
            data.put(GROUPS, json(headers.groups()));
            data.put(UIDS, json(headers.uids()));
            data.put(USERNAMES, json(headers.usernames()));
        }
        return data;
    }

    private static String json(List<String> values) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return new String(Json.write(array), StandardCharsets.UTF_8);
    }
}
