package dev.muster.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.apiserver.serviceaccount.TokenPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The volume by which a pod gets its account's token, the CA and its namespace, and its mounts. */
final class AccountVolume {

    /** Where in-cluster clients look. */
    static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    /** Every namespace has this ConfigMap. */
    static final String ROOT_CA = "kube-root-ca.crt";

    private static final String NAME = "kube-api-access-";
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;
    private static final int READABLE = 0644;

    private AccountVolume() {}

    /** Mounts it wherever nothing is mounted at its path yet; a volume of such a name is taken for it. */
    static void mount(ObjectNode spec, RandomGenerator random) {
        var known = name(spec);
        String name = known.orElseGet(() -> fresh(random));
        boolean needed = false;
        for (ObjectNode container : containers(spec)) {
            if (!isMounted(container)) {
                container
                        .withArrayProperty("volumeMounts")
                        .addObject()
                        .put("name", name)
                        .put("readOnly", true)
                        .put("mountPath", MOUNT_PATH);
                needed = true;
            }
        }
        if (needed && known.isEmpty()) {
            spec.withArrayProperty("volumes").add(volume(name));
        }
    }

    private static Optional<String> name(ObjectNode spec) {
        for (JsonNode volume : spec.path("volumes")) {
            String name = volume.path("name").asText("");
            if (name.startsWith(NAME)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static List<ObjectNode> containers(ObjectNode spec) {
        var all = new ArrayList<ObjectNode>();
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                if (container instanceof ObjectNode object) {
                    all.add(object);
                }
            }
        }
        return all;
    }

    private static boolean isMounted(ObjectNode container) {
        for (JsonNode mount : container.path("volumeMounts")) {
            if (mount.path("mountPath").asText("").equals(MOUNT_PATH)) {
                return true;
            }
        }
        return false;
    }

    private static String fresh(RandomGenerator random) {
        var name = new StringBuilder(NAME);
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    private static ObjectNode volume(String name) {
        var volume = JsonNodeFactory.instance.objectNode().put("name", name);
        var projected = volume.putObject("projected");
        var sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", (int) TokenPolicy.OF_PODS)
                .put("path", "token");
        var ca = sources.addObject().putObject("configMap").put("name", ROOT_CA);
        ca.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        sources.addObject()
                .putObject("downwardAPI")
                .putArray("items")
                .addObject()
                .put("path", "namespace")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        projected.put("defaultMode", READABLE);
        return volume;
    }
}
