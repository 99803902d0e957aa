package dev.muster.authz.rbac;

import java.util.List;

/**
 * A RoleBinding or, without namespace, a ClusterRoleBinding.
 *
 * @param namespace empty for a ClusterRoleBinding
 */
public record Binding(String namespace, String name, List<Subject> subjects, RoleRef role) {
    public Binding {
        subjects = List.copyOf(subjects);
    }

    public boolean isClusterWide() {
        return namespace.isEmpty();
    }
}
