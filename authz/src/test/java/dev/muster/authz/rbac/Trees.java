package dev.muster.authz.rbac;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.store.Key;
import java.util.List;

/** Roles and bindings as they are stored. */
public final class Trees {

    private Trees() {}

    public static ApiObject of(Role role) {
        var tree = base(role.namespace().isEmpty() ? "ClusterRole" : "Role", role.namespace(), role.name());
        ArrayNode rules = tree.putArray("rules");
        for (Rule rule : role.rules()) {
            rules.add(of(rule));
        }
        return ApiObject.of(tree);
    }

    public static ObjectNode of(Rule rule) {
        var tree = JsonNodeFactory.instance.objectNode();
        putUnlessEmpty(tree, "verbs", rule.verbs());
        putUnlessEmpty(tree, "apiGroups", rule.apiGroups());
        putUnlessEmpty(tree, "resources", rule.resources());
        putUnlessEmpty(tree, "resourceNames", rule.resourceNames());
        putUnlessEmpty(tree, "nonResourceURLs", rule.paths());
        return tree;
    }

    public static ApiObject of(Binding binding) {
        var tree = base(
                binding.isClusterWide() ? "ClusterRoleBinding" : "RoleBinding", binding.namespace(), binding.name());
        tree.putObject("roleRef")
                .put("apiGroup", RbacKeys.GROUP)
                .put("kind", binding.role().kind())
                .put("name", binding.role().name());
        ArrayNode subjects = tree.putArray("subjects");
        for (Subject subject : binding.subjects()) {
            var one = subjects.addObject().put("kind", subject.kind()).put("name", subject.name());
            if (!subject.namespace().isEmpty()) {
                one.put("namespace", subject.namespace());
            }
        }
        return ApiObject.of(tree);
    }

    public static Key key(Role role) {
        var kind = role.namespace().isEmpty() ? RbacKeys.Kind.CLUSTER_ROLE : RbacKeys.Kind.ROLE;
        return new RbacKeys.Place(kind, role.namespace(), role.name()).key();
    }

    public static Key key(Binding binding) {
        var kind = binding.isClusterWide() ? RbacKeys.Kind.CLUSTER_ROLE_BINDING : RbacKeys.Kind.ROLE_BINDING;
        return new RbacKeys.Place(kind, binding.namespace(), binding.name()).key();
    }

    private static ObjectNode base(String kind, String namespace, String name) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", RbacKeys.GROUP + "/v1").put("kind", kind);
        var metadata = tree.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return tree;
    }

    private static void putUnlessEmpty(ObjectNode tree, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            var array = tree.putArray(field);
            texts.forEach(array::add);
        }
    }
}
