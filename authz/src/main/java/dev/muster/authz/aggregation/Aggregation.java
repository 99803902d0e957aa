package dev.muster.authz.aggregation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.select.LabelSelector;
import dev.muster.authz.rbac.RbacReader;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.RuleTrees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Works out what aggregated ClusterRoles should hold: the rules of all others that their selectors match, by selector and
 * then by name, each rule once. A chain of aggregations is followed in one go.
 */
final class Aggregation {

    private final SortedMap<String, ApiObject> stored;
    private final BiConsumer<String, String> problem;
    private final Map<String, List<Rule>> rules = new TreeMap<>();

    /**
     * @param stored all ClusterRoles by name
     * @param problem hears of a role, and why it cannot be aggregated or contributes nothing
     */
    Aggregation(SortedMap<String, ApiObject> stored, BiConsumer<String, String> problem) {
        this.stored = stored;
        this.problem = problem;
    }

    /** The roles that must be written, by name; empty when all are as they should be. */
    Map<String, ApiObject> changes() {
        stored.forEach((name, role) -> rules.put(name, RbacReader.rules(role, why -> problem.accept(name, why))));
        var selectors = new TreeMap<String, List<LabelSelector>>();
        stored.forEach((name, role) -> {
            if (role.tree().hasNonNull("aggregationRule")) {
                try {
                    selectors.put(name, selectors(role));
                } catch (IllegalArgumentException e) {
                    problem.accept(name, e.getMessage());
                }
            }
        });
        Set<String> changed = new LinkedHashSet<>();
        // A chain is at most as long as there are aggregated roles; roles that gather each other only ever grow.
        for (int round = 0; round <= selectors.size(); round++) {
            if (!gather(selectors, changed)) {
                break;
            }
        }
        var changes = new TreeMap<String, ApiObject>();
        changed.forEach(name -> changes.put(name, with(stored.get(name), rules.get(name))));
        return changes;
    }

    private boolean gather(Map<String, List<LabelSelector>> selectors, Set<String> changed) {
        boolean any = false;
        for (var entry : selectors.entrySet()) {
            String name = entry.getKey();
            var gathered = new LinkedHashSet<Rule>();
            for (LabelSelector selector : entry.getValue()) {
                stored.forEach((other, role) -> {
                    if (!other.equals(name) && selector.matches(role.labels())) {
                        gathered.addAll(rules.get(other));
                    }
                });
            }
            // The order of rules means nothing; comparing it could make roles that gather each other swing for ever.
            if (!gathered.equals(new LinkedHashSet<>(rules.get(name)))) {
                rules.put(name, new ArrayList<>(gathered));
                changed.add(name);
                any = true;
            }
        }
        return any;
    }

    private static List<LabelSelector> selectors(ApiObject role) {
        var all = new ArrayList<LabelSelector>();
        for (JsonNode selector : role.tree().path("aggregationRule").path("clusterRoleSelectors")) {
            all.add(LabelSelector.of(selector));
        }
        return all;
    }

    private static ApiObject with(ApiObject role, List<Rule> rules) {
        ObjectNode tree = role.copyTree();
        if (rules.isEmpty()) {
            tree.putNull("rules");
        } else {
            ArrayNode array = tree.putArray("rules");
            rules.forEach(rule -> array.add(RuleTrees.of(rule)));
        }
        return ApiObject.of(tree);
    }
}
