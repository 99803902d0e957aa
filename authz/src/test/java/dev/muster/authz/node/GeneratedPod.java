package dev.muster.authz.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.store.Key;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A pod as plain sets, and the object that says the same in one of the many ways there are. */
record GeneratedPod(
        String namespace,
        String name,
        String node,
        boolean mirror,
        String account,
        Set<String> secrets,
        Set<String> configMaps,
        Set<String> volumeClaims,
        Set<String> resourceClaims) {

    static final List<String> NAMESPACES = List.of("a", "b");
    static final List<String> NODES = List.of("n1", "n2", "n3");
    static final List<String> NAMES = List.of("x", "y", "z");

    static GeneratedPod random(String namespace, String name, Random random) {
        return new GeneratedPod(
                namespace,
                name,
                random.nextInt(4) == 0 ? "" : NODES.get(random.nextInt(3)),
                random.nextInt(6) == 0,
                random.nextInt(3) == 0 ? "" : NAMES.get(random.nextInt(3)),
                some(random),
                some(random),
                some(random),
                some(random));
    }

    private static Set<String> some(Random random) {
        var names = new HashSet<String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            names.add(NAMES.get(random.nextInt(3)));
        }
        return names;
    }

    Key key() {
        return Key.of("/registry/core/pods/" + namespace + "/" + name);
    }

    ApiObject object(Random random) {
        var pod = JsonNodeFactory.instance.objectNode();
        var metadata = pod.putObject("metadata").put("name", name).put("namespace", namespace);
        if (mirror) {
            metadata.putObject("annotations").put("kubernetes.io/config.mirror", "");
        }
        var spec = pod.putObject("spec").put("serviceAccountName", account);
        if (!node.isEmpty()) {
            spec.put("nodeName", node);
        }
        secrets.forEach(secret -> refer(spec, "secret", secret, random));
        configMaps.forEach(map -> refer(spec, "configMap", map, random));
        volumeClaims.forEach(claim -> array(spec, "volumes")
                .addObject()
                .put("name", "v-" + claim)
                .putObject("persistentVolumeClaim")
                .put("claimName", claim));
        resourceClaims.forEach(claim -> claim(pod, spec, claim, random));
        return ApiObject.of(pod);
    }

    private static void refer(ObjectNode spec, String kind, String name, Random random) {
        String[] containers = {"containers", "initContainers", "ephemeralContainers"};
        var container = array(spec, containers[random.nextInt(3)]).addObject();
        switch (random.nextInt(4)) {
            case 0 ->
                array(container, "envFrom").addObject().putObject(kind + "Ref").put("name", name);
            case 1 ->
                array(container, "env")
                        .addObject()
                        .putObject("valueFrom")
                        .putObject(kind + "KeyRef")
                        .put("name", name);
            case 2 ->
                array(spec, "volumes")
                        .addObject()
                        .putObject(kind)
                        .put(kind.equals("secret") ? "secretName" : "name", name);
            default ->
                array(array(spec, "volumes").addObject().putObject("projected"), "sources")
                        .addObject()
                        .putObject(kind)
                        .put("name", name);
        }
    }

    private static void claim(ObjectNode pod, ObjectNode spec, String name, Random random) {
        var claim = array(spec, "resourceClaims").addObject().put("name", "c-" + name);
        if (random.nextBoolean()) {
            claim.put("resourceClaimName", name);
        } else {
            claim.put("resourceClaimTemplateName", "t");
            array(pod.withObjectProperty("status"), "resourceClaimStatuses")
                    .addObject()
                    .put("name", "c-" + name)
                    .put("resourceClaimName", name);
        }
    }

    private static ArrayNode array(ObjectNode node, String field) {
        return node.withArrayProperty(field);
    }
}
