package dev.muster.authz.rbac;

import java.util.Collection;
import java.util.LinkedHashSet;

/** What is said of a binding whose role is not there, in Kubernetes' words. */
public final class MissingRole {

    private MissingRole() {}

    /** One binding's trouble. */
    public static String message(RoleRef ref) {
        return switch (ref.kind()) {
            case RoleRef.ROLE -> "role.rbac.authorization.k8s.io " + GoQuote.quote(ref.name()) + " not found";
            case RoleRef.CLUSTER_ROLE ->
                "clusterrole.rbac.authorization.k8s.io " + GoQuote.quote(ref.name()) + " not found";
            default -> "unsupported role reference kind: " + GoQuote.quote(ref.kind());
        };
    }

    /** Several messages as one: repeated ones once, in brackets when more than one is left; empty for none. */
    public static String joined(Collection<String> messages) {
        var distinct = new LinkedHashSet<>(messages);
        String all = String.join(", ", distinct);
        return distinct.size() > 1 ? "[" + all + "]" : all;
    }
}
