package dev.muster.api.strategy;

import dev.muster.api.meta.Gvk;
import java.util.Optional;
import java.util.Set;

/** Forms of objects that Kubernetes has given up: what to write today. */
public final class Legacy {

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final Set<String> ROLES = Set.of("Role", "ClusterRole");
    private static final Set<String> BINDINGS = Set.of("RoleBinding", "ClusterRoleBinding");
    private static final Set<String> OLD = Set.of("v1alpha1", "v1beta1");

    private Legacy() {}

    /** How today's form differs; empty for an apiVersion and kind that never were, or are still served. */
    public static Optional<String> hint(String apiVersion, String kind) {
        var gvk = Gvk.of(apiVersion, kind);
        if (!OLD.contains(gvk.version())) {
            return Optional.empty();
        }
        boolean alpha = gvk.version().equals("v1alpha1");
        return switch (gvk.group()) {
            case RBAC -> rbac(apiVersion, kind, alpha);
            case "authentication.k8s.io", "authorization.k8s.io", "certificates.k8s.io" ->
                Optional.of(gone(apiVersion, kind, gvk.group() + "/v1"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> rbac(String apiVersion, String kind, boolean alpha) {
        String today = gone(apiVersion, kind, RBAC + "/v1");
        if (ROLES.contains(kind)) {
            return Optional.of(
                    today + "; a Role has no nonResourceURLs, they belong in a ClusterRole, in a rule of their own");
        }
        if (BINDINGS.contains(kind)) {
            return Optional.of(today
                    + (alpha ? "; in subjects and roleRef, apiVersion has become apiGroup: " + RBAC : "")
                    + "; roleRef has apiGroup, kind and name, and no namespace");
        }
        return Optional.empty();
    }

    private static String gone(String apiVersion, String kind, String today) {
        return kind + " in " + apiVersion + " is no longer served: write apiVersion: " + today;
    }
}
