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
     * @param errors one per binding whose role is missing
     */
    record Held(List<Rule> rules, List<String> errors) {
        public Held {
            rules = List.copyOf(rules);
            errors = List.copyOf(errors);
        }
    }
}
