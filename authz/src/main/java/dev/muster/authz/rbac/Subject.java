package dev.muster.authz.rbac;

/**
 * Whom a binding is for. The API group of a subject is not consulted when matching.
 *
 * @param kind {@link #USER}, {@link #GROUP} or {@link #SERVICE_ACCOUNT}; any other kind is nobody
 * @param name exact, without wildcards
 * @param namespace of a service account; empty means the binding's own
 */
public record Subject(String kind, String name, String namespace) {

    public static final String USER = "User";
    public static final String GROUP = "Group";
    public static final String SERVICE_ACCOUNT = "ServiceAccount";

    public static Subject user(String name) {
        return new Subject(USER, name, "");
    }

    public static Subject group(String name) {
        return new Subject(GROUP, name, "");
    }

    public static Subject serviceAccount(String namespace, String name) {
        return new Subject(SERVICE_ACCOUNT, name, namespace);
    }
}
