package dev.muster.http.server;

import dev.muster.http.serve.Headers;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The headers of a request; what is removed stays in the message and is hidden here. */
final class RequestHeaders implements Headers {

    private static final String HOST = "host";

    private final HttpServerRequest request;
    private Set<String> removed = Set.of();

    RequestHeaders(HttpServerRequest request) {
        this.request = request;
    }

    @Override
    public List<String> all(String name) {
        if (hidden(name)) {
            return List.of();
        }
        var values = request.headers().getAll(HeaderText.of(name));
        if (values.isEmpty() && name.equalsIgnoreCase(HOST)) {
            // HTTP/2 says it in a pseudo header.
            var authority = request.authority();
            return authority == null ? List.of() : List.of(authority.toString());
        }
        return values;
    }

    @Override
    public Optional<String> first(String name) {
        if (hidden(name)) {
            return Optional.empty();
        }
        var value = request.headers().get(HeaderText.of(name));
        if (value == null && name.equalsIgnoreCase(HOST)) {
            return all(name).stream().findFirst();
        }
        return Optional.ofNullable(value);
    }

    @Override
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        for (String name : request.headers().names()) {
            if (!hidden(name)) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        if (!hidden(HOST) && request.authority() != null) {
            names.add(HOST);
        }
        return names;
    }

    @Override
    public void remove(String name) {
        if (removed.isEmpty()) {
            removed = new HashSet<>(8);
        }
        removed.add(name.toLowerCase(Locale.ROOT));
    }

    /** A stranger decides how many were removed, so they are not gone through one by one. */
    private boolean hidden(String name) {
        return !removed.isEmpty() && removed.contains(name.toLowerCase(Locale.ROOT));
    }
}
