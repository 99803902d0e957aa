package dev.muster.authz.rbac.index;

import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.Subject;
import java.util.Comparator;
import java.util.Optional;

/**
 * A binding and the number of its role. Compared by identity: there is one per stored binding and version.
 *
 * <p>The number is negative when the reference can never name a role.
 */
final class BoundRole {

    static final Comparator<BoundRole> BY_NAME =
            Comparator.comparing((BoundRole b) -> b.binding().name());

    private final Binding binding;
    private final int role;

    BoundRole(Binding binding, int role) {
        this.binding = binding;
        this.role = role;
    }

    Binding binding() {
        return binding;
    }

    int role() {
        return role;
    }

    boolean isClusterWide() {
        return binding.isClusterWide();
    }

    boolean isIn(String namespace) {
        return binding.namespace().equals(namespace);
    }

    /** The user name that a service account subject of a binding stands for; empty when it stands for nobody. */
    static Optional<String> serviceAccountUser(Subject subject, String bindingNamespace) {
        String namespace = subject.namespace().isEmpty() ? bindingNamespace : subject.namespace();
        return namespace.isEmpty()
                ? Optional.empty()
                : Optional.of("system:serviceaccount:" + namespace + ":" + subject.name());
    }
}
