package dev.muster.authz.rbac;

import dev.muster.api.meta.GoText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** What is said of bindings whose role is not there, in Kubernetes' words. */
public final class MissingRole {

    private MissingRole() {}

    /** As an authorizer says it. */
    public static String message(RoleRef ref) {
        return message(ref, "role", "clusterrole");
    }

    /** As the API itself says it: it names resources by their plural. */
    public static String apiMessage(RoleRef ref) {
        return message(ref, "roles", "clusterroles");
    }

    public static List<String> messages(Collection<RoleRef> missing) {
        return missing.stream().map(MissingRole::message).toList();
    }

    /** Several messages as one: repeated ones once, in brackets when more than one is left; empty for none. */
    public static String joined(Collection<String> messages) {
        var distinct = new LinkedHashSet<>(messages);
        String all = String.join(", ", distinct);
        return distinct.size() > 1 ? "[" + all + "]" : all;
    }

    private static String message(RoleRef ref, String role, String clusterRole) {
        return switch (ref.kind()) {
            case RoleRef.ROLE -> notFound(role, ref.name());
            case RoleRef.CLUSTER_ROLE -> notFound(clusterRole, ref.name());
            default -> "unsupported role reference kind: " + GoText.quote(ref.kind());
        };
    }

    private static String notFound(String resource, String name) {
        return resource + "." + RbacKeys.GROUP + " " + GoText.quote(name) + " not found";
    }
}
