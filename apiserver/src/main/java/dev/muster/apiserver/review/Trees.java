package dev.muster.apiserver.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.Gvk;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reading and writing the trees of reviews. */
final class Trees {

    private Trees() {}

    static ObjectNode object(Gvk gvk) {
        return JsonNodeFactory.instance.objectNode().put("kind", gvk.kind()).put("apiVersion", gvk.apiVersion());
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    static List<String> texts(JsonNode list) {
        var all = new ArrayList<String>(list.size());
        list.forEach(item -> all.add(item.asText()));
        return all;
    }

    /** Keys are taken as they are: what they mean is for the authorizers. */
    static Map<String, List<String>> extra(JsonNode map) {
        var all = new LinkedHashMap<String, List<String>>();
        map.properties().forEach(entry -> all.put(entry.getKey(), texts(entry.getValue())));
        return all;
    }

    static void putTexts(ObjectNode node, String field, List<String> values) {
        if (!values.isEmpty()) {
            var array = node.putArray(field);
            values.forEach(array::add);
        }
    }

    static void putText(ObjectNode node, String field, String value) {
        if (!value.isEmpty()) {
            node.put(field, value);
        }
    }

    /** {@code authentication.k8s.io} UserInfo; what is empty is left out. */
    static void putUser(ObjectNode parent, String field, User user) {
        var node = parent.putObject(field);
        putText(node, "username", user.name());
        putText(node, "uid", user.uid());
        putTexts(node, "groups", user.groups());
        if (!user.extra().isEmpty()) {
            var extra = node.putObject("extra");
            user.extra().forEach((key, values) -> {
                var array = extra.putArray(key);
                values.forEach(array::add);
            });
        }
    }
}
