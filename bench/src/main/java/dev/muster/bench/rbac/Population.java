package dev.muster.bench.rbac;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.RbacKeys.Kind;
import dev.muster.authz.rbac.RbacKeys.Place;
import dev.muster.core.identity.User;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Roles and bindings as they are stored, and the people they are for. */
final class Population {

    static final int NAMESPACES = 1_000;
    static final int GROUPS = 200;
    static final int RULES = 5_000;

    private final List<Cache.Cached<ApiObject>> items = new ArrayList<>();

    /** How a caller's 5,000 rules come to them. */
    enum Shape {
        /** One binding per group, half of them cluster-wide, to a role of 25 rules. */
        ROLES,
        /** 25 bindings per group, half of them cluster-wide, to roles of one rule. */
        SINGLE_RULES,
        /** One cluster-wide binding per group to a role of 25 rules, and the rest in other namespaces. */
        EVERYWHERE
    }

    /** The groups of the caller of that number. */
    static User caller(int number) {
        List<String> groups = IntStream.range(0, GROUPS)
                .mapToObj(group -> "oidc:team-" + number + "-" + group)
                .toList();
        return new User("oidc:user-" + number + "@example.com", "", groups, Map.of());
    }

    /** Adds what a caller holds, in the namespace of the caller's number. */
    void addCaller(int number, Shape shape) {
        String namespace = "ns-" + number % NAMESPACES;
        for (int group = 0; group < GROUPS; group++) {
            String name = "team-" + number + "-" + group;
            boolean wide = shape == Shape.EVERYWHERE || group % 2 == 0;
            int roles = shape == Shape.SINGLE_RULES ? RULES / GROUPS : 1;
            for (int role = 0; role < roles; role++) {
                String roleName = name + "-" + role;
                addRole(roleName, RULES / GROUPS / roles, role);
                addBinding(wide ? "" : namespace, roleName, roleName, "oidc:" + name);
            }
        }
    }

    /** Adds bindings of groups that no caller is in, spread over all namespaces, all to one ClusterRole. */
    void addOthers(int bindings) {
        addRole("view-others", 25, 0);
        for (int i = 0; i < bindings; i++) {
            addBinding("ns-" + i % NAMESPACES, "others-" + i, "view-others", "oidc:others-" + i / 10);
        }
    }

    /** Adds bindings of a caller's own groups in namespaces other than the one asked about. */
    void addElsewhere(int caller, int bindings) {
        for (int i = 0; i < bindings; i++) {
            String group = "oidc:team-" + caller + "-" + i % GROUPS;
            addBinding("elsewhere-" + i / GROUPS, "elsewhere-" + i, "view-others", group);
        }
    }

    Cache.Snapshot<ApiObject> snapshot() {
        return new Cache.Snapshot<>(List.copyOf(items), Revision.of(1));
    }

    /** A role of that many rules for things, and one more for each of the other resources. */
    static Cache.Cached<ApiObject> role(String name, int rules, int seed, String... others) {
        ObjectNode tree = base(Kind.CLUSTER_ROLE, "", name);
        ArrayNode array = tree.putArray("rules");
        for (int i = 0; i < rules; i++) {
            ObjectNode rule = array.addObject();
            rule.putArray("verbs").add("get").add("list").add("watch");
            rule.putArray("apiGroups").add(i % 3 == 0 ? "" : "group-" + i % 5 + ".example.com");
            rule.putArray("resources").add("things" + (seed + i)).add("things" + (seed + i) + "/status");
        }
        for (String other : others) {
            ObjectNode rule = array.addObject();
            rule.putArray("verbs").add("get");
            rule.putArray("apiGroups").add("");
            rule.putArray("resources").add(other);
        }
        return cached(new Place(Kind.CLUSTER_ROLE, "", name), tree);
    }

    static Cache.Cached<ApiObject> binding(String namespace, String name, String role, String group) {
        Kind kind = namespace.isEmpty() ? Kind.CLUSTER_ROLE_BINDING : Kind.ROLE_BINDING;
        ObjectNode tree = base(kind, namespace, name);
        tree.putObject("roleRef")
                .put("apiGroup", RbacKeys.GROUP)
                .put("kind", "ClusterRole")
                .put("name", role);
        tree.putArray("subjects")
                .addObject()
                .put("apiGroup", RbacKeys.GROUP)
                .put("kind", "Group")
                .put("name", group);
        return cached(new Place(kind, namespace, name), tree);
    }

    private void addRole(String name, int rules, int seed) {
        items.add(role(name, rules, seed));
    }

    private void addBinding(String namespace, String name, String role, String group) {
        items.add(binding(namespace, name, role, group));
    }

    private static ObjectNode base(Kind kind, String namespace, String name) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", RbacKeys.GROUP + "/v1").put("kind", kind.kind());
        ObjectNode metadata = tree.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return tree;
    }

    private static Cache.Cached<ApiObject> cached(Place place, ObjectNode tree) {
        return new Cache.Cached<>(place.key(), ApiObject.of(tree), Revision.of(1));
    }
}
