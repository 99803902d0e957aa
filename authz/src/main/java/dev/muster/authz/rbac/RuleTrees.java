package dev.muster.authz.rbac;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Rules as they stand in roles. */
public final class RuleTrees {

    private RuleTrees() {}

    /** With empty lists left out. */
    public static ObjectNode of(Rule rule) {
        var tree = JsonNodeFactory.instance.objectNode();
        put(tree, "verbs", rule.verbs());
        put(tree, "apiGroups", rule.apiGroups());
        put(tree, "resources", rule.resources());
        put(tree, "resourceNames", rule.resourceNames());
        put(tree, "nonResourceURLs", rule.paths());
        return tree;
    }

    private static void put(ObjectNode tree, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            var array = tree.putArray(field);
            texts.forEach(array::add);
        }
    }
}
