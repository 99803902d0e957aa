package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.util.List;
import java.util.TreeSet;

/** Cells of namespaces, data, service accounts and nodes. */
final class CoreCells {

    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String ROLE = "kubernetes.io/role";
    private static final String NONE = "<none>";
    private static final String UNKNOWN = "<unknown>";

    private CoreCells() {}

    static List<Object> namespace(ApiObject namespace, Ages ages) {
        return List.of(namespace.name(), text(namespace.tree().path("status").path("phase"), ""), age(namespace, ages));
    }

    static List<Object> configMap(ApiObject map, Ages ages) {
        JsonNode tree = map.tree();
        return List.of(
                map.name(), tree.path("data").size() + tree.path("binaryData").size(), age(map, ages));
    }

    /** How many keys; never a value. */
    static List<Object> secret(ApiObject secret, Ages ages) {
        JsonNode tree = secret.tree();
        return List.of(
                secret.name(), text(tree.path("type"), ""), tree.path("data").size(), age(secret, ages));
    }

    static List<Object> serviceAccount(ApiObject account, Ages ages) {
        return List.of(account.name(), account.tree().path("secrets").size(), age(account, ages));
    }

    static List<Object> node(ApiObject node, Ages ages) {
        JsonNode info = node.tree().path("status").path("nodeInfo");
        return List.of(
                node.name(),
                status(node.tree()),
                roles(node),
                age(node, ages),
                text(info.path("kubeletVersion"), ""),
                address(node.tree(), "InternalIP"),
                address(node.tree(), "ExternalIP"),
                text(info.path("osImage"), UNKNOWN),
                text(info.path("kernelVersion"), UNKNOWN),
                text(info.path("containerRuntimeVersion"), UNKNOWN));
    }

    static String age(ApiObject object, Ages ages) {
        return ages.since(object.metadata().path("creationTimestamp"));
    }

    static String text(JsonNode node, String otherwise) {
        String text = node.asText("");
        return text.isEmpty() ? otherwise : text;
    }

    private static String status(JsonNode node) {
        String status = "Unknown";
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asText("").equals("Ready")) {
                status = condition.path("status").asText("").equals("True") ? "Ready" : "NotReady";
            }
        }
        return node.path("spec").path("unschedulable").asBoolean(false) ? status + ",SchedulingDisabled" : status;
    }

    private static String roles(ApiObject node) {
        var roles = new TreeSet<String>();
        node.labels().forEach((key, value) -> {
            if (key.startsWith(ROLE_PREFIX) && key.length() > ROLE_PREFIX.length()) {
                roles.add(key.substring(ROLE_PREFIX.length()));
            } else if (key.equals(ROLE) && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return roles.isEmpty() ? NONE : String.join(",", roles);
    }

    private static String address(JsonNode node, String type) {
        for (JsonNode address : node.path("status").path("addresses")) {
            if (address.path("type").asText("").equals(type)) {
                return address.path("address").asText("");
            }
        }
        return NONE;
    }
}
