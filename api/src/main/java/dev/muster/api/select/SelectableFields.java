package dev.muster.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.GoText;

/** Which fields a resource can be selected by, and what their values are: not always what stands at that path. */
final class SelectableFields {

    private static final String NAME = "metadata.name";
    private static final String NAMESPACE = "metadata.namespace";

    private SelectableFields() {}

    static boolean isSelectable(ResourceType type, String field) {
        return switch (field) {
            case NAME -> true;
            case NAMESPACE -> type.namespaced() || type.selectableFields().isEmpty();
            case "spec.host" -> type.selectableFields().contains("spec.nodeName");
            default -> type.selectableFields().contains(field);
        };
    }

    static String problem(ResourceType type, String field) {
        return type.selectableFields().isEmpty()
                ? GoText.quote(field) + " is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                : "field label not supported: " + field;
    }

    static String value(ApiObject object, String field) {
        return switch (object.kind()) {
            case "Event" -> event(object, field);
            case "Node" -> field.equals("spec.unschedulable") ? flag(object, field) : plain(object, field);
            case "Pod" -> pod(object, field);
            default -> plain(object, field);
        };
    }

    private static String event(ApiObject event, String field) {
        JsonNode tree = event.tree();
        return switch (field) {
            case "source" -> {
                String component = tree.path("source").path("component").asText("");
                yield component.isEmpty() ? tree.path("reportingComponent").asText("") : component;
            }
            default -> plain(event, field);
        };
    }

    private static String pod(ApiObject pod, String field) {
        return switch (field) {
            case "spec.host" -> plain(pod, "spec.nodeName");
            case "spec.hostNetwork" -> flag(pod, field);
            case "status.podIP" -> firstIp(pod);
            case "status.podIPs" -> firstIp(pod);
            default -> plain(pod, field);
        };
    }

    /** Pods carry their addresses twice; the list decides. */
    private static String firstIp(ApiObject pod) {
        JsonNode status = pod.tree().path("status");
        return status.path("podIPs")
                .path(0)
                .path("ip")
                .asText(status.path("podIP").asText(""));
    }

    /** An absent flag is off. */
    private static String flag(ApiObject object, String field) {
        return plain(object, field).equals("true") ? "true" : "false";
    }

    private static String plain(ApiObject object, String field) {
        JsonNode at = object.tree();
        int start = 0;
        while (start <= field.length()) {
            int dot = field.indexOf('.', start);
            int end = dot < 0 ? field.length() : dot;
            at = at.path(field.substring(start, end));
            start = end + 1;
        }
        return at.isValueNode() ? at.asText("") : "";
    }
}
