package dev.muster.authz.node;

import java.util.Collection;
import java.util.Set;

/** The oracle: looks through all pods, each time. Shares nothing with what it judges. */
final class NaiveNodes {

    private NaiveNodes() {}

    static boolean mayRead(Collection<GeneratedPod> pods, String node, String resource, String namespace, String name) {
        for (GeneratedPod pod : pods) {
            if (!pod.node().equals(node) || !pod.namespace().equals(namespace)) {
                continue;
            }
            if (resource.equals("pods") && pod.name().equals(name)) {
                return true;
            }
            Set<String> named = switch (resource) {
                case "secrets" -> pod.secrets();
                case "configmaps" -> pod.configMaps();
                case "persistentvolumeclaims" -> pod.volumeClaims();
                case "resourceclaims" -> pod.resourceClaims();
                case "serviceaccounts" -> Set.of(pod.account());
                default -> Set.of();
            };
            if (!pod.mirror() && named.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
