package dev.muster.apiserver.negotiate;

import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.http.serve.Headers;
import java.util.List;
import java.util.Locale;

/** Reads the Content-Type of a request. */
public final class ContentType {

    private static final List<String> BODIES =
            List.of(MediaType.JSON.text(), MediaType.YAML.text(), MediaType.PROTOBUF.text());

    private ContentType() {}

    /** The type in lower case without parameters; empty when there is none. */
    public static String of(Headers headers) {
        String header = headers.first("content-type").orElse("");
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The form of an object in the body; JSON when nothing is said.
     *
     * @throws StatusException 415 for any other
     */
    public static MediaType ofBody(Headers headers) {
        return switch (of(headers)) {
            case "", "application/json" -> MediaType.JSON;
            case "application/yaml" -> MediaType.YAML;
            case "application/vnd.kubernetes.protobuf" -> MediaType.PROTOBUF;
            default -> throw new StatusException(RequestStatuses.unsupportedMediaType(BODIES));
        };
    }
}
