package dev.muster.authz.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.api.meta.ApiObject;
import dev.muster.authz.aggregation.AggregationController;
import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.HeapObjects;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.RbacKeys.Kind;
import dev.muster.authz.rbac.RbacReader;
import dev.muster.authz.rbac.RoleRef;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.Subject;
import dev.muster.authz.rbac.Trees;
import dev.muster.authz.rbac.index.RbacAuthorizer;
import dev.muster.authz.rbac.index.RbacIndex;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Kubernetes' documentation says of its defaults, asked of ours. */
class DefaultPolicyTest {

    private static final List<String> READ = List.of("get", "list", "watch");
    private static final List<String> WRITE = List.of("create", "update", "patch", "delete", "deletecollection");

    private final HeapObjects objects = new HeapObjects();
    private final RbacIndex index = new RbacIndex((key, why) -> {
        throw new AssertionError(key + ": " + why);
    });
    private final RbacAuthorizer rbac = new RbacAuthorizer(index);

    @Test
    void everythingIsThereInTheRightNumbers() {
        Map<Kind, Long> counts = DefaultPolicy.kubernetes().stream()
                .collect(Collectors.groupingBy(d -> d.place().kind(), TreeMap::new, Collectors.counting()));
        assertThat(counts)
                .isEqualTo(Map.of(
                        Kind.CLUSTER_ROLE,
                        32L + 37,
                        Kind.CLUSTER_ROLE_BINDING,
                        13L + 37,
                        Kind.ROLE,
                        7L,
                        Kind.ROLE_BINDING,
                        7L));
    }

    @Test
    void everyObjectIsWellFormedAndMarkedAsADefault() {
        for (Desired desired : DefaultPolicy.kubernetes()) {
            ApiObject object = desired.object().orElseThrow();
            assertThat(object.apiVersion()).isEqualTo("rbac.authorization.k8s.io/v1");
            assertThat(object.kind()).isEqualTo(desired.place().kind().kind());
            assertThat(object.name()).isEqualTo(desired.place().name());
            assertThat(object.namespace()).isEqualTo(desired.place().namespace());
            assertThat(object.labels()).containsEntry("kubernetes.io/bootstrapping", "rbac-defaults");
            assertThat(object.annotations())
                    .containsExactly(Map.entry("rbac.authorization.kubernetes.io/autoupdate", "true"));
            if (!desired.place().namespace().isEmpty()) {
                assertThat(DefaultPolicy.NAMESPACES)
                        .contains(desired.place().namespace())
                        .allMatch(namespace -> namespace.startsWith("kube-"));
            }
        }
    }

    @Test
    void listsAreSortedAndWithoutRepetitionAsKubernetesStoresThem() {
        for (Desired desired : DefaultPolicy.kubernetes()) {
            if (desired.place().kind().isRole()) {
                for (Rule rule : RbacReader.rules(desired.object().orElseThrow(), AssertionError::new)) {
                    for (List<String> list : List.of(
                            rule.verbs(), rule.apiGroups(), rule.resources(), rule.resourceNames(), rule.paths())) {
                        assertThat(list)
                                .as("%s %s", desired.place(), rule)
                                .isSorted()
                                .doesNotHaveDuplicates();
                    }
                    assertThat(rule.verbs()).isNotEmpty();
                    assertThat(rule.resources().isEmpty())
                            .isNotEqualTo(rule.paths().isEmpty());
                    assertThat(rule.resources().isEmpty())
                            .isEqualTo(rule.apiGroups().isEmpty());
                }
            }
        }
    }

    @Test
    void everyBindingNamesARoleOfTheDefaults() throws InterruptedException {
        start(Optional.empty());
        for (ApiObject object : objects.all()) {
            if (object.kind().endsWith("Binding")) {
                String role = object.tree().path("roleRef").path("name").textValue();
                Kind kind = object.namespace().isEmpty() ? Kind.CLUSTER_ROLE : Kind.ROLE;
                assertThat(objects.get(new RbacKeys.Place(kind, object.namespace(), role)))
                        .as(object.name())
                        .isPresent();
            }
        }
    }

    @Test
    void everybodyWhoIsKnownMayLookAroundAndAskAboutThemselves() throws InterruptedException {
        start(Optional.empty());
        User ann = User.of("ann", "system:authenticated");
        for (String path :
                List.of("/api", "/api/v1", "/apis/apps/v1", "/openapi/v3", "/version", "/version/", "/readyz")) {
            assertThat(may(new Attributes.PathAttributes(ann, "get", path)))
                    .as(path)
                    .isTrue();
        }
        assertThat(may(new Attributes.PathAttributes(ann, "get", "/metrics"))).isFalse();
        assertThat(may(new Attributes.PathAttributes(ann, "post", "/api"))).isFalse();
        for (String review : List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews")) {
            assertThat(may(ann, "create", "", "authorization.k8s.io", review)).isTrue();
        }
        assertThat(may(ann, "create", "", "authentication.k8s.io", "selfsubjectreviews"))
                .isTrue();
        assertThat(may(ann, "create", "", "authentication.k8s.io", "tokenreviews"))
                .isFalse();
        assertThat(may(ann, "get", "ns", "", "pods")).isFalse();
    }

    @Test
    void strangersSeeHealthAndVersionAlone() throws InterruptedException {
        start(Optional.empty());
        User stranger = User.anonymous();
        for (String path : List.of("/healthz", "/livez", "/readyz", "/version", "/version/")) {
            assertThat(may(new Attributes.PathAttributes(stranger, "get", path)))
                    .as(path)
                    .isTrue();
        }
        for (String path : List.of("/api", "/apis", "/openapi/v3", "/livez/ping", "/metrics", "/")) {
            assertThat(may(new Attributes.PathAttributes(stranger, "get", path)))
                    .as(path)
                    .isFalse();
        }
        assertThat(may(stranger, "create", "", "authorization.k8s.io", "selfsubjectaccessreviews"))
                .isFalse();
    }

    @Test
    void viewSeesNoSecretsAndNoRoles() throws InterruptedException {
        start(Optional.empty());
        User viewer = bound("view");
        assertThat(may(viewer, "list", "ns", "", "pods")).isTrue();
        assertThat(may(viewer, "get", "ns", "apps", "deployments")).isTrue();
        assertThat(may(viewer, "get", "ns", "", "secrets")).isFalse();
        assertThat(may(viewer, "get", "ns", "rbac.authorization.k8s.io", "roles"))
                .isFalse();
        assertThat(may(viewer, "create", "ns", "", "pods")).isFalse();
    }

    @Test
    void editWritesWorkloadsAndNeitherRolesNorEndpoints() throws InterruptedException {
        start(Optional.empty());
        User editor = bound("edit");
        WRITE.forEach(verb ->
                assertThat(may(editor, verb, "ns", "apps", "deployments")).isTrue());
        READ.forEach(verb -> assertThat(may(editor, verb, "ns", "", "secrets")).isTrue());
        assertThat(may(editor, "impersonate", "ns", "", "serviceaccounts")).isTrue();
        assertThat(may(editor, "create", "ns", "rbac.authorization.k8s.io", "rolebindings"))
                .isFalse();
        // CVE-2021-25740: endpoints lead into other namespaces.
        assertThat(may(editor, "create", "ns", "", "endpoints")).isFalse();
        assertThat(may(editor, "update", "ns", "discovery.k8s.io", "endpointslices"))
                .isFalse();
        assertThat(may(editor, "get", "other", "", "pods")).isFalse();
    }

    @Test
    void adminAddsRolesOfTheNamespaceAndNeitherQuotaNorTheNamespaceItself() throws InterruptedException {
        start(Optional.empty());
        User admin = bound("admin");
        assertThat(may(admin, "create", "ns", "rbac.authorization.k8s.io", "roles"))
                .isTrue();
        assertThat(may(admin, "create", "ns", "authorization.k8s.io", "localsubjectaccessreviews"))
                .isTrue();
        assertThat(may(admin, "update", "ns", "", "resourcequotas")).isFalse();
        assertThat(may(admin, "delete", "ns", "", "namespaces")).isFalse();
        assertThat(may(admin, "create", "", "rbac.authorization.k8s.io", "clusterroles"))
                .isFalse();
    }

    @Test
    void nodesHoldNothingByRbac() throws InterruptedException {
        start(Optional.empty());
        assertThat(may(User.of("system:node:n", "system:nodes"), "get", "", "", "nodes"))
                .isFalse();
    }

    @Test
    void administratorsHoldEverythingByTheirGroup() throws InterruptedException {
        start(Optional.empty());
        User admin = User.of("kubernetes-admin", "kubeadm:cluster-admins");
        assertThat(may(admin, "anything", "", "any.group", "whatever")).isTrue();
        assertThat(may(new Attributes.PathAttributes(admin, "get", "/metrics"))).isTrue();
    }

    @Test
    void theSuperUserOfTheFlagHoldsEverythingUntilTheFlagNamesAnother() throws InterruptedException {
        start(Optional.of("ann"));
        assertThat(may(User.of("ann"), "delete", "", "", "nodes")).isTrue();
        start(Optional.of("bob"));
        assertThat(may(User.of("ann"), "delete", "", "", "nodes")).isFalse();
        assertThat(may(User.of("bob"), "delete", "", "", "nodes")).isTrue();
        start(Optional.empty());
        assertThat(may(User.of("bob"), "delete", "", "", "nodes")).isFalse();
    }

    @Test
    void nodesJoinOnlyWhereTheirPolicyIsAsked() throws InterruptedException {
        User node = User.of(
                "system:bootstrap:abcdef",
                "system:bootstrappers",
                "system:bootstrappers:kubeadm:default-node-token",
                User.AUTHENTICATED);
        User member = User.of("system:node:n", "system:nodes", User.AUTHENTICATED);
        String csr = "certificatesigningrequests";
        start(Optional.empty());
        assertThat(may(node, "create", "", "certificates.k8s.io", csr)).isFalse();
        assertThat(may(clusterInfo(User.anonymous(), "get", "cluster-info"))).isFalse();
        start(DefaultPolicy.nodesJoining());
        assertThat(may(node, "create", "", "certificates.k8s.io", csr)).isTrue();
        assertThat(may(node, "create", "", "certificates.k8s.io", csr + "/nodeclient"))
                .isTrue();
        assertThat(may(node, "create", "", "certificates.k8s.io", csr + "/selfnodeclient"))
                .isFalse();
        assertThat(may(member, "create", "", "certificates.k8s.io", csr + "/selfnodeclient"))
                .isTrue();
        assertThat(may(member, "create", "", "certificates.k8s.io", csr + "/nodeclient"))
                .isFalse();
        User other = User.of("system:bootstrap:ghijkl", "system:bootstrappers", User.AUTHENTICATED);
        assertThat(may(other, "create", "", "certificates.k8s.io", csr)).isFalse();
    }

    @Test
    void strangersReadClusterInfoAndNothingBesideIt() throws InterruptedException {
        start(Optional.empty());
        start(DefaultPolicy.nodesJoining());
        assertThat(may(clusterInfo(User.anonymous(), "get", "cluster-info"))).isTrue();
        assertThat(may(clusterInfo(User.anonymous(), "get", "other"))).isFalse();
        assertThat(may(clusterInfo(User.anonymous(), "update", "cluster-info"))).isFalse();
        assertThat(may(clusterInfo(User.anonymous(), "list", ""))).isFalse();
        assertThat(may(User.anonymous(), "get", "kube-system", "", "secrets")).isFalse();
    }

    private static Attributes clusterInfo(User user, String verb, String name) {
        return ResourceAttributes.of(user, verb, "kube-public", "", "configmaps", "", name);
    }

    private void start(Optional<String> superUser) throws InterruptedException {
        start(DefaultPolicy.all(superUser));
    }

    private void start(List<Desired> desired) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(new Reconciler(objects, threads).reconcile(desired).failed())
                    .isEmpty();
        }
        var aggregation = new AggregationController(objects);
        objects.follow(aggregation);
        assertThat(aggregation.round()).isTrue();
        objects.follow(index);
    }

    private User bound(String clusterRole) {
        var place = new RbacKeys.Place(Kind.ROLE_BINDING, "ns", "b");
        var binding = new Binding("ns", "b", List.of(Subject.user("ann")), RoleRef.clusterRole(clusterRole));
        objects.put(place, Trees.of(binding));
        return User.of("ann");
    }

    private boolean may(User user, String verb, String namespace, String group, String resource) {
        return may(ResourceAttributes.of(user, verb, namespace, group, resource, "", ""));
    }

    private boolean may(Attributes asked) {
        return rbac.authorize(asked) instanceof Decision.Allow;
    }
}
