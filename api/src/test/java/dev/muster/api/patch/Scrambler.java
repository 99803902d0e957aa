package dev.muster.api.patch;

import static dev.muster.api.fixture.Trees.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Random pods and random strategic patches for them, of few words so that they meet. */
final class Scrambler {

    private static final List<String> WORDS = List.of("a", "b", "c", "d");
    private final Random random;

    Scrambler(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode pod(String name) {
        ObjectNode pod = object("{apiVersion:'v1',kind:'Pod',metadata:{namespace:'ns'},spec:{}}");
        ObjectNode meta = pod.withObjectProperty("metadata").put("name", name);
        maybe(() -> meta.set("labels", words(false)));
        maybe(() -> meta.set("finalizers", list("", false)));
        ObjectNode spec = pod.withObjectProperty("spec");
        spec.set("containers", list("container", false));
        maybe(() -> spec.set("volumes", list("volume", false)));
        maybe(() -> spec.set("tolerations", list("toleration", false)));
        maybe(() -> spec.set("imagePullSecrets", list("name", false)));
        maybe(() -> spec.set("nodeSelector", words(false)));
        maybe(() -> spec.put("restartPolicy", "Never"));
        maybe(() -> spec.set("securityContext", object("{runAsUser:1,supplementalGroups:[1,2]}")));
        return pod;
    }

    ObjectNode patch() {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        maybe(() -> metadata(patch.putObject("metadata")));
        maybe(() -> spec(patch.putObject("spec")));
        return patch;
    }

    private void metadata(ObjectNode meta) {
        maybe(() -> meta.set("labels", words(true)));
        maybe(() -> meta.set("finalizers", list("", true)));
        rarely(() -> meta.set("$deleteFromPrimitiveList/finalizers", withoutAdded(meta)));
        rarely(() -> meta.set("$setElementOrder/finalizers", order("")));
        rarely(() -> meta.putNull("finalizers"));
    }

    /** What kubectl makes of a value that is both added and deleted changes from run to run. */
    private ArrayNode withoutAdded(ObjectNode meta) {
        ArrayNode deleted = list("", false);
        meta.path("finalizers").forEach(added -> deleted.removeIf(added::equals));
        return deleted;
    }

    private void spec(ObjectNode spec) {
        maybe(() -> lists(spec, "containers", "container"));
        maybe(() -> lists(spec, "volumes", "volume"));
        maybe(() -> lists(spec, "imagePullSecrets", "name"));
        rarely(() -> spec.set("tolerations", list("toleration", true)));
        rarely(() -> spec.set("nodeSelector", words(true)));
        rarely(() -> spec.putNull("restartPolicy"));
        rarely(() -> spec.put("hostNetwork", true));
        rarely(() -> spec.set("securityContext", object("{runAsUser:null,supplementalGroups:[3]}")));
        rarely(() -> spec.set("$retainKeys", tree("containers", "volumes", "imagePullSecrets")));
        rarely(() -> spec.put("$patch", one("replace", "delete", "merge", "frob")));
    }

    private void lists(ObjectNode spec, String name, String kind) {
        spec.set(name, list(kind, true));
        rarely(() -> spec.set("$setElementOrder/" + name, order(kind)));
        rarely(() -> spec.putNull(name));
    }

    private ArrayNode order(String kind) {
        ArrayNode order = JsonNodeFactory.instance.arrayNode();
        for (String word : WORDS) {
            if (kind.isEmpty()) {
                order.add(word);
            } else {
                order.addObject().put("name", word);
            }
        }
        return order;
    }

    private ArrayNode list(String kind, boolean patch) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String word : WORDS) {
            maybe(() -> list.add(item(kind, word, patch)));
        }
        rarely(() -> {
            if (patch && list.size() > 1) {
                list.add(list.remove(0));
            }
        });
        return list;
    }

    private JsonNode item(String kind, String word, boolean patch) {
        if (kind.isEmpty()) {
            return JsonNodeFactory.instance.textNode(word);
        }
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put(kind.equals("toleration") ? "key" : "name", word);
        if (patch) {
            rarely(() -> item.put("$patch", one("delete", "delete", "replace", "merge", "frob")));
            rarely(() -> item.remove("name"));
        }
        switch (kind) {
            case "container" -> container(item, patch);
            case "volume" -> volume(item, patch);
            default -> {
                // A name is all there is.
            }
        }
        return item;
    }

    private void container(ObjectNode item, boolean patch) {
        maybe(() -> item.put("image", one("x", "y")));
        maybe(() -> item.set("args", list("", false)));
        maybe(() -> {
            ArrayNode env = item.putArray("env");
            for (String word : WORDS) {
                maybe(() -> {
                    ObjectNode one = env.addObject().put("name", word).put("value", one("1", "2"));
                    if (patch) {
                        rarely(() -> one.putNull("value"));
                        rarely(() -> one.put("$patch", "delete"));
                    }
                });
            }
        });
        maybe(() -> item.putArray("ports")
                .addObject()
                .put("containerPort", 1 + random.nextInt(3))
                .put("name", one("p", "q")));
        if (patch) {
            rarely(() -> item.putNull("args"));
            rarely(() -> item.set("$setElementOrder/env", order("name")));
        }
    }

    private void volume(ObjectNode item, boolean patch) {
        item.set(one("emptyDir", "configMap"), object("{name:'v'}"));
        if (patch) {
            rarely(() -> item.set("$retainKeys", tree("name", "emptyDir")));
            rarely(() -> item.set("$retainKeys", tree("name", "configMap")));
        }
    }

    private ObjectNode words(boolean patch) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (String word : WORDS) {
            maybe(() -> map.put(word, one("1", "2")));
            if (patch) {
                rarely(() -> map.putNull(word));
            }
        }
        if (patch) {
            rarely(() -> map.put("$patch", one("replace", "delete")));
        }
        return map;
    }

    private static ArrayNode tree(String... words) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        List.of(words).forEach(list::add);
        return list;
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private void maybe(Runnable what) {
        if (random.nextBoolean()) {
            what.run();
        }
    }

    private void rarely(Runnable what) {
        if (random.nextInt(8) == 0) {
            what.run();
        }
    }
}
