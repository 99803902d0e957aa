package dev.muster.authz.rbac;

import java.util.List;

/**
 * A Role or, without namespace, a ClusterRole.
 *
 * @param namespace empty for a ClusterRole
 */
public record Role(String namespace, String name, List<Rule> rules) {
    public Role {
        rules = List.copyOf(rules);
    }
}
