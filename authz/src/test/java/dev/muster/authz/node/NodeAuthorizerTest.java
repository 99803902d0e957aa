package dev.muster.authz.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authz.rbac.PolicyFeed;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Attributes.Selectors;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeAuthorizerTest {

    private static final User NODE = User.of("system:node:n1", "system:nodes", User.AUTHENTICATED);

    private final NodeGraph graph = new NodeGraph();
    private final NodeAuthorizer authorizer = new NodeAuthorizer(graph);
    private final PolicyFeed feed = new PolicyFeed();

    @BeforeEach
    void podsOnTwoNodes() {
        put(pod("mine", "n1", false, "s1"));
        put(pod("theirs", "n2", false, "s2"));
        put(pod("mirror", "n1", true, "s3"));
        put(pod("waiting", "", false, "s4"));
    }

    private void put(GeneratedPod pod) {
        PolicyFeed.apply(graph, feed.put(pod.key(), pod.object(new Random(5))));
    }

    private static GeneratedPod pod(String name, String node, boolean mirror, String all) {
        return new GeneratedPod(
                "a", name, node, mirror, "as-" + name, Set.of(all), Set.of(all), Set.of(all), Set.of(all));
    }

    private Decision ask(User user, String request, String selector) {
        // VERB NAMESPACE GROUP RESOURCE[/SUB] NAME with - for empty
        String[] words = request.split(" ");
        String[] resource = words[3].split("/");
        return authorizer.authorize(new ResourceAttributes(
                user,
                words[0],
                empty(words[1]),
                empty(words[2]),
                "v1",
                resource[0],
                resource.length > 1 ? resource[1] : "",
                empty(words[4]),
                "",
                selector.isEmpty() ? Optional.empty() : Optional.of(new Selectors(selector, ""))));
    }

    private static String empty(String word) {
        return word.equals("-") ? "" : word;
    }

    @ParameterizedTest
    @CsvSource({
        "get a - secrets s1",
        "list a - secrets s1",
        "watch a - secrets s1",
        "get a - configmaps s1",
        "watch a - configmaps s1",
        "get a - persistentvolumeclaims s1",
        "update a - persistentvolumeclaims/status s1",
        "patch a - persistentvolumeclaims/status s1",
        "get a resource.k8s.io resourceclaims s1",
        "get a - serviceaccounts as-mine",
        "create a - serviceaccounts/token as-mine",
        "get a - pods mine",
        "get a - pods mirror",
        "watch a - pods mine",
        "create a - pods -",
        "delete a - pods mine",
        "update a - pods/status mine",
        "patch a - pods/status mine",
        "create a - pods/eviction mine",
        "get - - nodes n1",
        "list - - nodes n1",
        "watch - - nodes n1",
        "create - - nodes -",
        "update - - nodes n1",
        "patch - - nodes/status n1",
        "create kube-node-lease coordination.k8s.io leases -",
        "get kube-node-lease coordination.k8s.io leases n1",
        "patch kube-node-lease coordination.k8s.io leases n1",
        "create - storage.k8s.io csinodes -",
        "update - storage.k8s.io csinodes n1",
        "create - resource.k8s.io resourceslices -",
        "create - authentication.k8s.io tokenreviews -",
        "create - authorization.k8s.io subjectaccessreviews -",
        "create - certificates.k8s.io certificatesigningrequests -",
        "get - certificates.k8s.io certificatesigningrequests any",
        "list - - services -",
        "watch - node.k8s.io runtimeclasses -",
        "create a - events -",
        "get a - endpoints any"
    })
    void whatANodeNeedsForItsPodsItMay(String request) {
        assertThat(ask(NODE, request, "")).as(request).isInstanceOf(Decision.Allow.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get a - secrets s2 | no relationship found between node 'n1' and this object",
                "get a - secrets s3 | no relationship found between node 'n1' and this object",
                "get a - secrets s4 | no relationship found between node 'n1' and this object",
                "get b - secrets s1 | no relationship found between node 'n1' and this object",
                "get - - secrets s1 | can only read namespaced object of this type",
                "list a - secrets - | No Object name found",
                "watch a - secrets - | No Object name found",
                "list - - secrets - | can only read namespaced object of this type",
                "update a - secrets s1 | can only read resources of this type",
                "deletecollection a - secrets s1 | can only read resources of this type",
                "get a - secrets/status s1 | cannot read subresource",
                "get a - configmaps s2 | no relationship found between node 'n1' and this object",
                "list a - persistentvolumeclaims s1 | can only get individual resources of this type",
                "get a - persistentvolumeclaims/status s1 | can only get/update/patch this type",
                "update a - persistentvolumeclaims/status s2 | no relationship found between node 'n1' and this object",
                "get a resource.k8s.io resourceclaims s3 | no relationship found between node 'n1' and this object",
                "get - - persistentvolumes any | no relationship found between node 'n1' and this object",
                "get - storage.k8s.io volumeattachments any | no relationship found between node 'n1' and this object",
                "create a - serviceaccounts/token as-theirs | no relationship found between node 'n1' and this object",
                "create a - serviceaccounts/token as-mirror | no relationship found between node 'n1' and this object",
                "create b - serviceaccounts/token as-mine | no relationship found between node 'n1' and this object",
                "create a - serviceaccounts - | can only create tokens for individual service accounts",
                "create a - serviceaccounts as-mine | can only create token subresource of serviceaccount",
                "list a - serviceaccounts - | can only create tokens for individual service accounts",
                "get a - pods theirs | no relationship found between node 'n1' and this object",
                "list a - pods - | can only list/watch pods with spec.nodeName field selector",
                "watch - - pods - | can only list/watch pods with spec.nodeName field selector",
                "update a - pods mine | ''",
                "create a - pods/exec mine | ''",
                "deletecollection a - pods - | ''",
                "get - - nodes n2 | node 'n1' cannot read 'n2', only its own Node object",
                "list - - nodes - | node 'n1' cannot read all nodes, only its own Node object",
                "delete - - nodes n1 | ''",
                "deletecollection - - nodes - | ''",
                "get - - nodes/proxy n1 | ''",
                "get - - nodes/status n1 | ''",
                "get kube-node-lease coordination.k8s.io leases n2 | can only access node lease with the same name as the requesting node",
                "get kube-system coordination.k8s.io leases n1 | can only access leases in the \"kube-node-lease\" system namespace",
                "list kube-node-lease coordination.k8s.io leases - | can only get, create, update, patch, or delete a node lease",
                "update - storage.k8s.io csinodes n2 | can only access CSINode with the same name as the requesting node",
                "delete - resource.k8s.io resourceslices any | no relationship found between node 'n1' and this object",
                "list - resource.k8s.io resourceslices - | can only list/watch/deletecollection resourceslices with nodeName field selector",
                "create a other.io secrets s1 | ''",
                "get a rbac.authorization.k8s.io roles any | ''",
                "create - certificates.k8s.io certificatesigningrequests/approval any | ''",
                "bind - rbac.authorization.k8s.io clusterroles system:node | ''"
            })
    void whatANodeHasNoNeedOfItMayNot(String request, String why) {
        assertThat(ask(NODE, request.strip(), ""))
                .as(request)
                .isInstanceOfSatisfying(Decision.NoOpinion.class, none -> {
                    assertThat(none.grounds().text()).isEqualTo(why);
                    assertThat(none.failed()).isFalse();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list - - pods - | spec.nodeName=n1 | true",
                "watch a - pods - | spec.nodeName==n1 | true",
                "list a - pods - | status.phase=Running,spec.nodeName=n1 | true",
                "list a - pods - | spec.nodeName!=n1 | false",
                "list a - pods - | spec.nodeName=n2 | false",
                "list a - pods - | spec.nodeName=n1x | false",
                "list a - pods - | spec.nodeName=n1\\ | false",
                "list a - pods - | spec.nodename=n1 | false",
                "list a - pods - | metadata.name=n1 | false",
                "list a - pods - | spec.nodeName | false",
                "deletecollection a - pods - | spec.nodeName=n1 | false",
                "list - - nodes - | spec.nodeName=n1 | false",
                "list - - secrets - | spec.nodeName=n1 | false",
                "list - resource.k8s.io resourceslices - | nodeName=n1 | true",
                "deletecollection - resource.k8s.io resourceslices - | nodeName=n1 | true",
                "list - resource.k8s.io resourceslices - | spec.nodeName=n1 | false"
            })
    void aListIsAllowedOnlyWhenItsSelectorLeavesNothingButTheNodesOwn(
            String request, String selector, boolean allowed) {
        assertThat(ask(NODE, request.strip(), selector) instanceof Decision.Allow)
                .as("%s of %s", request, selector)
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "system:node:n1, system:masters-not",
        "system:node:n1, system:node",
        "system:node:n1, system:nodesx",
        "jane, system:nodes",
        "n1, system:nodes",
        "system:nodes:n1, system:nodes",
        "System:node:n1, system:nodes"
    })
    void nameAndGroupTogetherMakeANode(String name, String group) {
        assertThat(ask(User.of(name, group), "get a - secrets s1", "")).isEqualTo(Decision.NO_OPINION);
        assertThat(ask(User.of(name, group), "create - - nodes -", "")).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void aNodeWithoutANameIsAllowedNothing() {
        var nameless = User.of("system:node:", "system:nodes");
        assertThat(ask(nameless, "create - - nodes -", ""))
                .isInstanceOfSatisfying(
                        Decision.NoOpinion.class,
                        none -> assertThat(none.grounds().text()).isEqualTo("unknown node for user \"system:node:\""));
        assertThat(ask(nameless, "get a - secrets s4", "")).isInstanceOf(Decision.NoOpinion.class);
        assertThat(ask(nameless, "get - - nodes -", "")).isInstanceOf(Decision.NoOpinion.class);
    }

    @Test
    void aSecretIsOutOfReachOnceItsPodIsGone() {
        assertThat(ask(NODE, "watch a - secrets s1", "")).isInstanceOf(Decision.Allow.class);
        PolicyFeed.apply(graph, feed.delete(pod("mine", "n1", false, "s1").key()));
        assertThat(ask(NODE, "watch a - secrets s1", "")).isInstanceOf(Decision.NoOpinion.class);
    }

    /** A mirror pod is the node's own making: what its spec or status claims must open nothing. */
    @Test
    void cve_2025_4563_aMirrorPodOpensNoResourceClaim() {
        assertThat(ask(NODE, "get a resource.k8s.io resourceclaims s3", "")).isInstanceOf(Decision.NoOpinion.class);
    }

    /** Deleting is what the garbage collector was made to do in the node's stead: here it is not the node's right at all. */
    @Test
    void cve_2025_5187_aNodeMayNotDeleteItself() {
        assertThat(ask(NODE, "delete - - nodes n1", "")).isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void pathsAreNotANodesBusiness() {
        assertThat(authorizer.authorize(new PathAttributes(NODE, "get", "/metrics")))
                .isEqualTo(Decision.NO_OPINION);
    }

    @Test
    void rightsOfANodeCannotBeListed() {
        assertThat(authorizer.rulesFor(NODE, "a").incomplete()).isTrue();
        assertThat(authorizer.rulesFor(NODE, "a").errors())
                .containsExactly("node authorizer does not support user rule resolution");
        assertThat(authorizer.rulesFor(User.of("jane"), "a").incomplete()).isFalse();
    }

    @Test
    void anAllowanceSaysWhatItComesFrom() {
        Attributes asked = ResourceAttributes.of(NODE, "get", "a", "", "secrets", "", "s1");
        assertThat(authorizer.authorize(asked))
                .isInstanceOfSatisfying(
                        Decision.Allow.class,
                        allow -> assertThat(allow.grounds().text())
                                .isEqualTo("Node: allowed to node 'n1': a pod on it leads there"));
    }
}
