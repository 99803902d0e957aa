package dev.muster.server.wiring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.server.kubeconfig.Kubeconfig;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code kube-public/cluster-info}: where the API is and whose certificates it has, for those who join. What others put there is
 * left as it is; what was put there at an earlier start is brought up to date.
 */
final class ClusterInfo {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterInfo.class);

    /** Whoever edits the kubeconfig by hand sets this to false. */
    private static final String AUTOUPDATE = "identity.muster.dev/autoupdate";

    private static final String NAMESPACE = "kube-public";
    private static final String NAME = "cluster-info";
    private static final String KUBECONFIG = "kubeconfig";

    /** The signer writes the same object. */
    private static final int ATTEMPTS = 5;

    private ClusterInfo() {}

    /** Tries, and complains to the log: a server whose disk is full still has to start. */
    static void publish(Api api, String server, String caPem) {
        var type = api.kinds().byResource("", "v1", "configmaps").orElseThrow();
        ObjectAccess objects = api.stored().access();
        String kubeconfig = new String(Kubeconfig.ofCluster(server, caPem), StandardCharsets.UTF_8);
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<ApiObject> stored = objects.get(type, NAMESPACE, NAME);
                if (stored.isEmpty()) {
                    objects.create(type, fresh(kubeconfig));
                } else if (isOld(stored.get(), kubeconfig)) {
                    var tree = stored.get().copyTree();
                    tree.withObjectProperty("data").put(KUBECONFIG, kubeconfig);
                    objects.update(type, "", ApiObject.of(tree));
                }
                return;
            } catch (StatusException e) {
                if (attempt == ATTEMPTS || e.status().code() != 409) {
                    LOG.warn("{}/{} could not be written: {}", NAMESPACE, NAME, e.getMessage());
                    return;
                }
            }
        }
    }

    private static boolean isOld(ApiObject stored, String kubeconfig) {
        return stored.annotations().getOrDefault(AUTOUPDATE, "").equals("true")
                && !stored.tree().path("data").path(KUBECONFIG).asText("").equals(kubeconfig);
    }

    private static ApiObject fresh(String kubeconfig) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", "v1").put("kind", "ConfigMap");
        var metadata = tree.putObject("metadata").put("namespace", NAMESPACE).put("name", NAME);
        metadata.putObject("annotations").put(AUTOUPDATE, "true");
        tree.putObject("data").put(KUBECONFIG, kubeconfig);
        return ApiObject.of(tree);
    }
}
