package dev.muster.core.access;

import dev.muster.core.identity.User;
import java.util.List;

/** Names what binds roles to a user; the capability behind the story of a refusal. An authorizer may have it. */
@FunctionalInterface
public interface BindingLister {

    /** Where nothing is bound. */
    BindingLister NONE = (_, _) -> List.of();

    /**
     * The user's bindings that count in the namespace, cluster-wide ones first, each by name.
     *
     * @param namespace empty asks for cluster scope alone
     */
    List<Bound> bindingsOf(User user, String namespace);

    /**
     * Which of the user's rules in that scope come closest to what was asked for and is not allowed; a few at most, the nearest
     * first.
     */
    default List<Near> nearest(Attributes asked) {
        return List.of();
    }

    /**
     * A rule that allows something much like it.
     *
     * @param rule as Kubernetes writes rules in refusals
     * @param lacks what it does not say: {@code verb create}
     */
    record Near(String rule, String lacks) {}

    /**
     * One binding. Names only: what it allows is the role's matter.
     *
     * @param kind RoleBinding or ClusterRoleBinding
     * @param namespace empty for a ClusterRoleBinding
     * @param role kind and name of the role: {@code ClusterRole/view}
     * @param subject through whom the user has it: {@code Group/developers}
     */
    record Bound(String kind, String namespace, String name, String role, String subject) {}
}
