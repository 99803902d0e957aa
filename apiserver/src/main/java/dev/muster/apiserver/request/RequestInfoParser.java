package dev.muster.apiserver.request;

import dev.muster.core.access.Attributes;
import dev.muster.http.serve.Query;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a request line as kube-apiserver's RequestInfoFactory does (prefixes {@code api} and {@code apis}; the group-less one
 * is {@code api}).
 */
public final class RequestInfoParser {

    private static final String[] NONE = {};

    private RequestInfoParser() {}

    /**
     * What the request asks for. Method and path segments are case-sensitive.
     *
     * @param rawPath as on the wire, without the query
     * @throws dev.muster.api.meta.StatusException 400 for a path that has no meaning
     */
    public static RequestInfo parse(String method, String rawPath, Query query) {
        String path = PathText.decode(rawPath);
        String[] segments = split(path);
        if (segments.length < 3) {
            return RequestInfo.ofPath(path, pathVerb(method));
        }
        boolean grouped = segments[0].equals("apis");
        if (!grouped && !segments[0].equals("api") || grouped && segments.length < 4) {
            return RequestInfo.ofPath(path, pathVerb(method));
        }
        return resource(method, path, segments, grouped, query);
    }

    private static RequestInfo resource(String method, String path, String[] segments, boolean grouped, Query query) {
        int at = grouped ? 3 : 2;
        String verb = resourceVerb(method);
        boolean verbInPath = segments[at].equals("watch") || segments[at].equals("proxy");
        if (verbInPath) {
            verb = segments[at++];
            if (at == segments.length) {
                throw PathText.malformed("no resource after its verb");
            }
        }
        String namespace = "";
        if (segments[at].equals("namespaces") && segments.length > at + 1) {
            namespace = segments[at + 1];
            if (segments.length > at + 2 && !isNamespaceSubresource(segments[at + 2])) {
                at += 2;
            }
        }
        int left = segments.length - at;
        String name = left >= 2 ? segments[at + 1] : "";
        String subresource = left >= 3 && !verb.equals("proxy") ? segments[at + 2] : "";
        if (name.isEmpty()) {
            switch (verb) {
                case "get" -> {
                    var options = ListQuery.of(query);
                    verb = options.watch() ? "watch" : "list";
                    name = options.exactName().orElse("");
                }
                case "delete" -> verb = "deletecollection";
                default -> {}
            }
        }
        return new RequestInfo(
                true,
                path,
                verb,
                segments[0],
                grouped ? segments[1] : "",
                grouped ? segments[2] : segments[1],
                namespace,
                segments[at],
                subresource,
                name,
                rest(segments, at),
                verbInPath ? Optional.empty() : selectors(verb, query));
    }

    /** Read apart from the other parameters, so that one that is malformed does not widen what is asked for. */
    private static Optional<Attributes.Selectors> selectors(String verb, Query query) {
        if (query.values().isEmpty()) {
            return Optional.empty();
        }
        boolean selectable = verb.equals("list") || verb.equals("watch") || verb.equals("deletecollection");
        String fields = selectable ? query.text("fieldSelector") : "";
        String labels = selectable ? query.text("labelSelector") : "";
        return fields.isEmpty() && labels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attributes.Selectors(fields, labels));
    }

    private static boolean isNamespaceSubresource(String segment) {
        return segment.equals("status") || segment.equals("finalize");
    }

    private static String resourceVerb(String method) {
        return switch (method) {
            case "GET", "HEAD" -> "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "";
        };
    }

    private static String pathVerb(String method) {
        return switch (method) {
            case "GET" -> "get";
            case "HEAD" -> "head";
            case "POST" -> "post";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    private static List<String> rest(String[] segments, int from) {
        return switch (segments.length - from) {
            case 1 -> List.of(segments[from]);
            case 2 -> List.of(segments[from], segments[from + 1]);
            default -> List.of(Arrays.copyOfRange(segments, from, segments.length));
        };
    }

    /** Slashes at both ends do not count; between segments every one does. */
    private static String[] split(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        if (start == end) {
            return NONE;
        }
        int count = 1;
        for (int i = start; i < end; i++) {
            count += path.charAt(i) == '/' ? 1 : 0;
        }
        var segments = new String[count];
        int from = start;
        for (int i = 0; i < count; i++) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 || slash > end ? end : slash;
            segments[i] = path.substring(from, to);
            from = to + 1;
        }
        return segments;
    }
}
