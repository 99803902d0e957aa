package dev.muster.authz.bootstrap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.RbacKeys.Kind;
import dev.muster.authz.rbac.RbacKeys.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The roles and bindings every cluster starts with.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings">Default roles
 *     and role bindings</a>
 */
public final class DefaultPolicy {

    /** The group of the administrator's own certificate, as kubeadm names it. */
    public static final String ADMINISTRATORS = "kubeadm:cluster-admins";

    /** Namespaces that must exist before the policy can be written. */
    public static final Set<String> NAMESPACES = Set.of("kube-system", "kube-public");

    private static final String SUPER_USER = "muster:authorization-rbac-super-user";

    private DefaultPolicy() {}

    /** Kubernetes' defaults alone. */
    public static List<Desired> kubernetes() {
        var all = new ArrayList<Desired>();
        PolicyText.read(text("default-policy.txt")).forEach((place, object) -> all.add(Desired.atLeast(place, object)));
        return all;
    }

    /**
     * Kubernetes' defaults, our own roles, the administrators' binding, and the super user's.
     *
     * @param superUser the flag {@code --authorization-rbac-super-user}; who is not named any more loses it at this start
     */
    public static List<Desired> all(Optional<String> superUser) {
        var all = new ArrayList<>(kubernetes());
        PolicyText.read(text("own-policy.txt")).forEach((place, object) -> all.add(Desired.atLeast(place, object)));
        all.add(Desired.atLeast(clusterBinding(ADMINISTRATORS), clusterAdmin(ADMINISTRATORS, "Group", ADMINISTRATORS)));
        Place place = clusterBinding(SUPER_USER);
        all.add(superUser
                .map(name -> Desired.exactly(place, clusterAdmin(SUPER_USER, "User", name)))
                .orElseGet(() -> Desired.nothing(place)));
        return all;
    }

    /** What {@code kubeadm} binds so that nodes can join with bootstrap tokens. */
    public static List<Desired> nodesJoining() {
        var all = new ArrayList<Desired>();
        PolicyText.read(text("nodes-joining.txt")).forEach((place, object) -> all.add(Desired.atLeast(place, object)));
        return all;
    }

    private static Place clusterBinding(String name) {
        return new Place(Kind.CLUSTER_ROLE_BINDING, "", name);
    }

    private static ApiObject clusterAdmin(String name, String subjectKind, String subject) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", RbacKeys.GROUP + "/v1").put("kind", Kind.CLUSTER_ROLE_BINDING.kind());
        tree.putObject("metadata").put("name", name);
        tree.putObject("roleRef")
                .put("apiGroup", RbacKeys.GROUP)
                .put("kind", "ClusterRole")
                .put("name", "cluster-admin");
        tree.putArray("subjects")
                .addObject()
                .put("apiGroup", RbacKeys.GROUP)
                .put("kind", subjectKind)
                .put("name", subject);
        return ApiObject.of(tree);
    }

    private static String text(String name) {
        try (InputStream in = DefaultPolicy.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
