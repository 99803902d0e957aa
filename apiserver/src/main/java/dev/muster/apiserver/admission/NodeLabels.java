package dev.muster.apiserver.admission;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which labels a node may put on itself: by labels schedulers choose, and a node that chose its own could draw to itself what it
 * should not have.
 */
final class NodeLabels {

    /** Nobody but administrators sets labels below this, so that they can be relied on. */
    private static final String RESTRICTED = "node-restriction.kubernetes.io";

    private static final List<String> KUBERNETES = List.of("kubernetes.io", "k8s.io");
    private static final List<String> KUBELETS = List.of("kubelet.kubernetes.io", "node.kubernetes.io");

    private static final Set<String> ALLOWED = Set.of(
            "kubernetes.io/hostname",
            "kubernetes.io/os",
            "kubernetes.io/arch",
            "beta.kubernetes.io/os",
            "beta.kubernetes.io/arch",
            "beta.kubernetes.io/instance-type",
            "node.kubernetes.io/instance-type",
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region");

    private NodeLabels() {}

    /** The keys that were added, taken away or given another value. */
    static Set<String> changed(Map<String, String> now, Map<String, String> before) {
        var keys = new TreeSet<>(now.keySet());
        keys.addAll(before.keySet());
        keys.removeIf(key ->
                now.containsKey(key) && before.containsKey(key) && Objects.equals(now.get(key), before.get(key)));
        return keys;
    }

    /** Those among the keys that are not a node's to touch, in order. */
    static Set<String> forbidden(Set<String> keys) {
        var forbidden = new TreeSet<String>();
        for (String key : keys) {
            int slash = key.indexOf('/');
            String domain = slash < 0 ? "" : key.substring(0, slash);
            if (isWithin(domain, RESTRICTED)
                    || KUBERNETES.stream().anyMatch(all -> isWithin(domain, all))
                            && !ALLOWED.contains(key)
                            && KUBELETS.stream().noneMatch(theirs -> isWithin(domain, theirs))) {
                forbidden.add(key);
            }
        }
        return forbidden;
    }

    private static boolean isWithin(String domain, String all) {
        return domain.equals(all) || domain.endsWith("." + all);
    }
}
