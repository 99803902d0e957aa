package dev.muster.authz.rbac;

import dev.muster.core.identity.User;
import java.util.List;

/** The RBAC rules a user holds: what escalation is measured against. */
@FunctionalInterface
public interface RulesOf {

    /**
     * Cluster-wide rules, then the namespace's.
     *
     * @param namespace empty for cluster scope alone
     */
    Held rulesOf(User user, String namespace);

    /**
     * The rules in binding order, nothing merged.
     *
     * @param missing one per binding whose role is not there
     */
    record Held(List<Rule> rules, List<RoleRef> missing) {
        public Held {
            rules = List.copyOf(rules);
            missing = List.copyOf(missing);
        }
    }
}
