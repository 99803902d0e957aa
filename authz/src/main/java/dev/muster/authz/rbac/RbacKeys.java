package dev.muster.authz.rbac;

import dev.muster.core.store.Key;
import java.util.Optional;

/** Where roles and bindings are kept. */
public final class RbacKeys {

    public static final String GROUP = "rbac.authorization.k8s.io";

    /** Everything RBAC needs lies below here. */
    public static final Key PREFIX = Key.of("/registry/" + GROUP + "/");

    private RbacKeys() {}

    /** The four kinds. */
    public enum Kind {
        ROLE("roles", "Role", true),
        CLUSTER_ROLE("clusterroles", "ClusterRole", false),
        ROLE_BINDING("rolebindings", "RoleBinding", true),
        CLUSTER_ROLE_BINDING("clusterrolebindings", "ClusterRoleBinding", false);

        private final String resource;
        private final String kind;
        private final boolean namespaced;

        Kind(String resource, String kind, boolean namespaced) {
            this.resource = resource;
            this.kind = kind;
            this.namespaced = namespaced;
        }

        /** The plural in paths and rules. */
        public String resource() {
            return resource;
        }

        /** The name in objects. */
        public String kind() {
            return kind;
        }

        public boolean isNamespaced() {
            return namespaced;
        }

        public boolean isRole() {
            return this == ROLE || this == CLUSTER_ROLE;
        }

        /** The kind of that plural; empty when it is none of the four. */
        public static Optional<Kind> ofResource(String resource) {
            for (Kind kind : values()) {
                if (kind.resource.equals(resource)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Which object a key holds.
     *
     * @param namespace empty for cluster scope
     */
    public record Place(Kind kind, String namespace, String name) {

        public Key key() {
            String scope = kind.isNamespaced() ? namespace + "/" : "";
            return Key.of(PREFIX.path() + kind.resource() + "/" + scope + name);
        }
    }

    /** Reads a key; empty when it is not of RBAC. */
    public static Optional<Place> place(Key key) {
        if (!key.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String[] parts = key.path().substring(PREFIX.path().length()).split("/", -1);
        return Kind.ofResource(parts[0]).flatMap(kind -> {
            if (parts.length != (kind.isNamespaced() ? 3 : 2)) {
                return Optional.empty();
            }
            return Optional.of(new Place(kind, kind.isNamespaced() ? parts[1] : "", parts[parts.length - 1]));
        });
    }
}
