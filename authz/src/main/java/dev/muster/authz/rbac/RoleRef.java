package dev.muster.authz.rbac;

/**
 * The role a binding grants.
 *
 * @param kind {@link #ROLE} or {@link #CLUSTER_ROLE}; any other kind refers to nothing
 */
public record RoleRef(String kind, String name) {

    public static final String ROLE = "Role";
    public static final String CLUSTER_ROLE = "ClusterRole";

    public static RoleRef role(String name) {
        return new RoleRef(ROLE, name);
    }

    public static RoleRef clusterRole(String name) {
        return new RoleRef(CLUSTER_ROLE, name);
    }
}
