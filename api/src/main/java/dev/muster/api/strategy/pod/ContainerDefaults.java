package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.ResourceLists;
import java.util.List;

/** What a container says when its writer says nothing. */
final class ContainerDefaults {

    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private ContainerDefaults() {}

    static void apply(ObjectNode container, boolean hostNetwork) {
        String latest = isLatest(Members.text(container, "image")) ? "Always" : "IfNotPresent";
        Members.defaultText(container, "imagePullPolicy", latest);
        Members.defaultText(container, "terminationMessagePath", "/dev/termination-log");
        Members.defaultText(container, "terminationMessagePolicy", "File");
        resources(Members.object(container, "resources"));
        for (JsonNode port : container.path("ports")) {
            if (port instanceof ObjectNode one) {
                Members.defaultText(one, "protocol", "TCP");
                if (hostNetwork) {
                    Members.defaultNonZero(
                            one, "hostPort", one.path("containerPort").asInt(0));
                }
            }
        }
        for (JsonNode variable : container.path("env")) {
            if (variable.path("valueFrom").get("fieldRef") instanceof ObjectNode field) {
                Members.defaultText(field, "apiVersion", "v1");
            }
        }
        for (String name : PROBES) {
            if (container.get(name) instanceof ObjectNode probe) {
                probe(probe);
            }
        }
        for (JsonNode hook : container.path("lifecycle")) {
            httpGet(hook);
        }
    }

    /** Whoever limits and requests nothing requests the limit. */
    private static void resources(ObjectNode resources) {
        ResourceLists.canonicalize(resources.path("limits"));
        ResourceLists.canonicalize(resources.path("requests"));
        if (resources.get("limits") instanceof ObjectNode limits && !limits.isEmpty()) {
            ObjectNode requests = Members.object(resources, "requests");
            limits.properties().forEach(limit -> requests.putIfAbsent(limit.getKey(), limit.getValue()));
        }
    }

    private static void probe(ObjectNode probe) {
        Members.defaultNonZero(probe, "timeoutSeconds", 1);
        Members.defaultNonZero(probe, "periodSeconds", 10);
        Members.defaultNonZero(probe, "successThreshold", 1);
        Members.defaultNonZero(probe, "failureThreshold", 3);
        httpGet(probe);
        if (probe.get("grpc") instanceof ObjectNode grpc && !grpc.hasNonNull("service")) {
            grpc.put("service", "");
        }
    }

    private static void httpGet(JsonNode handler) {
        if (handler.get("httpGet") instanceof ObjectNode get) {
            Members.defaultText(get, "path", "/");
            Members.defaultText(get, "scheme", "HTTP");
        }
    }

    /** A tag that is latest, or neither tag nor digest. */
    static boolean isLatest(String image) {
        int digest = image.indexOf('@');
        String name = digest < 0 ? image : image.substring(0, digest);
        int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        return colon < 0 ? digest < 0 : name.substring(colon + 1).equals("latest");
    }
}
