package dev.muster.authz.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authz.rbac.PolicyFeed;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeGraphTest {

    private static final List<String> RESOURCES = List.of(
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "resourceclaims",
            "serviceaccounts",
            "pods",
            "persistentvolumes");

    private final NodeGraph graph = new NodeGraph();
    private final NodeAuthorizer authorizer = new NodeAuthorizer(graph);
    private final PolicyFeed feed = new PolicyFeed();
    private final Map<String, GeneratedPod> pods = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aNodeReadsExactlyWhatTheNaiveEvaluatorFinds(long seed) {
        var random = new Random(seed);
        int allowed = 0;
        for (int step = 0; step < 150; step++) {
            change(random);
            if (random.nextInt(20) == 0) {
                graph.reset(feed.snapshot());
            }
            allowed += compare();
        }
        assertThat(allowed)
                .as("a comparison in which nothing is allowed says little")
                .isGreaterThan(1000);
    }

    private void change(Random random) {
        String namespace = GeneratedPod.NAMESPACES.get(random.nextInt(2));
        String name = GeneratedPod.NAMES.get(random.nextInt(3));
        var pod = GeneratedPod.random(namespace, name, random);
        if (random.nextInt(4) == 0) {
            if (pods.remove(namespace + "/" + name) != null) {
                PolicyFeed.apply(graph, feed.delete(pod.key()));
            }
        } else {
            pods.put(namespace + "/" + name, pod);
            PolicyFeed.apply(graph, feed.put(pod.key(), pod.object(random)));
        }
    }

    private int compare() {
        int allowed = 0;
        for (String node : GeneratedPod.NODES) {
            for (String resource : RESOURCES) {
                for (String namespace : GeneratedPod.NAMESPACES) {
                    for (String name : GeneratedPod.NAMES) {
                        boolean may = NaiveNodes.mayRead(pods.values(), node, resource, namespace, name);
                        assertThat(allows(node, resource, namespace, name))
                                .as("%s gets %s %s/%s of %s", node, resource, namespace, name, pods)
                                .isEqualTo(may);
                        allowed += may ? 1 : 0;
                    }
                }
            }
        }
        return allowed;
    }

    private boolean allows(String node, String resource, String namespace, String name) {
        String group = resource.equals("resourceclaims") ? "resource.k8s.io" : "";
        var user = User.of("system:node:" + node, "system:nodes", User.AUTHENTICATED);
        return authorizer.authorize(ResourceAttributes.of(user, "get", namespace, group, resource, "", name))
                instanceof Decision.Allow;
    }

    @Test
    void asLongAsOnePodOfSeveralLeadsThereTheWayIsOpen() {
        var random = new Random(1);
        for (String name : List.of("x", "y")) {
            var pod = pod(name, "n1", "shared");
            PolicyFeed.apply(graph, feed.put(pod.key(), pod.object(random)));
        }
        assertThat(allows("n1", "secrets", "a", "shared")).isTrue();
        PolicyFeed.apply(graph, feed.delete(pod("x", "n1", "shared").key()));
        assertThat(allows("n1", "secrets", "a", "shared")).isTrue();
        PolicyFeed.apply(graph, feed.delete(pod("y", "n1", "shared").key()));
        assertThat(allows("n1", "secrets", "a", "shared")).isFalse();
    }

    @Test
    void aPodMadeAgainElsewhereTakesItsWaysAlong() {
        var random = new Random(1);
        var first = pod("x", "n1", "s");
        PolicyFeed.apply(graph, feed.put(first.key(), first.object(random)));
        PolicyFeed.apply(graph, feed.put(first.key(), pod("x", "n2", "s").object(random)));
        assertThat(allows("n1", "secrets", "a", "s")).isFalse();
        assertThat(allows("n2", "secrets", "a", "s")).isTrue();
    }

    private static GeneratedPod pod(String name, String node, String secret) {
        return new GeneratedPod(
                "a",
                name,
                node,
                false,
                "",
                java.util.Set.of(secret),
                java.util.Set.of(),
                java.util.Set.of(),
                java.util.Set.of());
    }
}
