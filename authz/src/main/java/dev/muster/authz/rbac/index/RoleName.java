package dev.muster.authz.rbac.index;

import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.RoleRef;
import java.util.Optional;

/**
 * Which role.
 *
 * @param namespace empty for a ClusterRole
 */
record RoleName(String namespace, String name) {

    /** The role a binding refers to; empty when there can be none such. */
    static Optional<RoleName> of(Binding binding) {
        return switch (binding.role().kind()) {
            case RoleRef.CLUSTER_ROLE ->
                Optional.of(new RoleName("", binding.role().name()));
            case RoleRef.ROLE ->
                binding.isClusterWide()
                        ? Optional.empty()
                        : Optional.of(
                                new RoleName(binding.namespace(), binding.role().name()));
            default -> Optional.empty();
        };
    }
}
