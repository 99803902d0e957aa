package dev.muster.core.identity;

import java.util.Optional;

/**
 * Which node a user is: a member of {@code system:nodes} whose name is {@code system:node:} and the node's.
 *
 * @param name the node's; empty for a node that does not say which
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/node/">Using Node Authorization</a>
 */
public record NodeIdentity(String name) {

    public static final String GROUP = "system:nodes";
    public static final String PREFIX = "system:node:";

    /** Empty for a user who is no node: the name alone makes nobody one, nor does the group. */
    public static Optional<NodeIdentity> of(User user) {
        return user.name().startsWith(PREFIX) && user.isIn(GROUP)
                ? Optional.of(new NodeIdentity(user.name().substring(PREFIX.length())))
                : Optional.empty();
    }

    public boolean isKnown() {
        return !name.isEmpty();
    }
}
