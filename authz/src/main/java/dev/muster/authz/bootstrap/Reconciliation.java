package dev.muster.authz.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.RbacReader;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.RuleCovers;
import dev.muster.authz.rbac.RuleTrees;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What must be done to a stored role or binding so that it holds what it should: Kubernetes' rules of reconciliation. */
sealed interface Reconciliation {

    /** {@code "false"} in this annotation keeps an object as it is. */
    String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";

    /** All there. */
    record Nothing() implements Reconciliation {}

    /** Something is missing, and its owner does not want it. */
    record Protected() implements Reconciliation {}

    /** Written over the stored one. */
    record Update(ApiObject object) implements Reconciliation {}

    /** A binding's role cannot be changed: deleted and made again. */
    record Recreate() implements Reconciliation {}

    static Reconciliation of(Desired desired, ApiObject stored) {
        ApiObject expected = desired.object().orElseThrow();
        Reconciliation change = desired.place().kind().isRole()
                ? ofRole(expected, stored)
                : ofBinding(expected, stored, desired.exact());
        boolean kept = !desired.exact() && "false".equals(stored.annotations().get(AUTO_UPDATE));
        return kept && !(change instanceof Nothing) ? new Protected() : change;
    }

    private static Reconciliation ofRole(ApiObject expected, ApiObject stored) {
        ObjectNode tree = stored.copyTree();
        mergeMetadata(expected, tree);
        boolean aggregates = expected.tree().hasNonNull("aggregationRule");
        if (!aggregates || !stored.tree().hasNonNull("aggregationRule")) {
            List<Rule> missing =
                    RuleCovers.check(rules(stored), rules(expected)).missing();
            if (!missing.isEmpty()) {
                ArrayNode rules = arrayAt(tree, "rules");
                missing.forEach(rule -> rules.add(RuleTrees.of(rule)));
            }
        }
        mergeAggregation(expected, tree);
        return changed(stored, tree);
    }

    private static void mergeAggregation(ApiObject expected, ObjectNode tree) {
        JsonNode wanted = expected.tree().path("aggregationRule");
        if (wanted.isMissingNode()) {
            tree.remove("aggregationRule");
            return;
        }
        ObjectNode rule =
                tree.path("aggregationRule") instanceof ObjectNode there ? there : tree.putObject("aggregationRule");
        addMissing(arrayAt(rule, "clusterRoleSelectors"), wanted.path("clusterRoleSelectors"), selector -> selector);
    }

    private static Reconciliation ofBinding(ApiObject expected, ApiObject stored, boolean exact) {
        if (!expected.tree().path("roleRef").equals(stored.tree().path("roleRef"))) {
            return new Recreate();
        }
        ObjectNode tree = stored.copyTree();
        mergeMetadata(expected, tree);
        JsonNode subjects = expected.tree().path("subjects");
        if (exact) {
            tree.set("subjects", subjects.deepCopy());
        } else if (!subjects.isEmpty()) {
            addMissing(arrayAt(tree, "subjects"), subjects, Reconciliation::identity);
        }
        return changed(stored, tree);
    }

    private static Reconciliation changed(ApiObject stored, ObjectNode tree) {
        return tree.equals(stored.tree()) ? new Nothing() : new Update(ApiObject.of(tree));
    }

    /** Values that are there already win. */
    private static void mergeMetadata(ApiObject expected, ObjectNode tree) {
        for (String field : List.of("annotations", "labels")) {
            JsonNode wanted = expected.metadata().path(field);
            if (!wanted.isEmpty()) {
                ObjectNode metadata = (ObjectNode) tree.path("metadata");
                ObjectNode into = metadata.path(field) instanceof ObjectNode there ? there : metadata.putObject(field);
                wanted.properties().forEach(entry -> into.putIfAbsent(entry.getKey(), entry.getValue()));
            }
        }
    }

    private static void addMissing(ArrayNode into, JsonNode wanted, Function<JsonNode, Object> identity) {
        Set<Object> there = new HashSet<>();
        into.forEach(one -> there.add(identity.apply(one)));
        for (JsonNode one : wanted) {
            if (there.add(identity.apply(one))) {
                into.add(one.deepCopy());
            }
        }
    }

    /** An absent field of a subject is an empty one. */
    private static Object identity(JsonNode subject) {
        return Stream.of("apiGroup", "kind", "name", "namespace")
                .map(field -> subject.path(field).asText(""))
                .toList();
    }

    private static ArrayNode arrayAt(ObjectNode tree, String field) {
        return tree.path(field) instanceof ArrayNode there ? there : tree.putArray(field);
    }

    private static List<Rule> rules(ApiObject role) {
        return RbacReader.rules(role, why -> {});
    }
}
