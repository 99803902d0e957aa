package dev.muster.apiserver.negotiate;

import java.util.List;
import java.util.Map;

/** The forms in which API objects travel, in Kubernetes' order of preference. */
public enum MediaType {
    JSON("application/json", "json"),
    YAML("application/yaml", "yaml"),
    PROTOBUF("application/vnd.kubernetes.protobuf", "vnd.kubernetes.protobuf");

    private final String text;
    private final String subtype;
    private final Map<String, List<String>> headers;

    MediaType(String text, String subtype) {
        this.text = text;
        this.subtype = subtype;
        this.headers = Map.of("content-type", List.of(text));
    }

    /** As in a header, without parameters. */
    public String text() {
        return text;
    }

    String subtype() {
        return subtype;
    }

    /** The response headers that name this type; shared, so that the common answer builds none. */
    public Map<String, List<String>> headers() {
        return headers;
    }
}
