package dev.muster.authz.bootstrap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.RbacKeys.Kind;
import dev.muster.authz.rbac.RbacKeys.Place;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the text of the default policy, whose layout its head describes, into objects as they are stored. */
final class PolicyText {

    static final String LABEL_PREFIX = "rbac.authorization.k8s.io/";

    private static final Map<String, List<String>> VERBS = Map.of(
            "READ", List.of("get", "list", "watch"),
            "WRITE", List.of("create", "delete", "deletecollection", "patch", "update"),
            "ALL", List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"));

    private final Map<Place, ObjectNode> objects = new LinkedHashMap<>();
    private ObjectNode open = JsonNodeFactory.instance.objectNode();
    private ObjectNode labels = open;

    private PolicyText() {}

    /**
     * All objects, in the order of the text.
     *
     * @throws IllegalArgumentException naming the line
     */
    static Map<Place, ApiObject> read(String text) {
        var reader = new PolicyText();
        String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank() && lines[i].charAt(0) != '#') {
                reader.line(lines[i], i + 1);
            }
        }
        var all = new LinkedHashMap<Place, ApiObject>();
        reader.objects.forEach((place, tree) -> all.put(place, ApiObject.of(tree)));
        return all;
    }

    private void line(String line, int number) {
        String[] words = line.strip().split(" ");
        boolean understood = line.charAt(0) == ' ' ? inside(words) : head(words);
        if (!understood) {
            throw new IllegalArgumentException("line " + number + " of the policy: " + line);
        }
    }

    private boolean head(String[] words) {
        String last = words[words.length - 1];
        switch (words[0] + words.length) {
            case "clusterrole2" -> role(new Place(Kind.CLUSTER_ROLE, "", words[1]));
            case "role3" -> role(new Place(Kind.ROLE, words[1], words[2]));
            case "controller2" -> {
                String name = "system:controller:" + words[1];
                binding(new Place(Kind.CLUSTER_ROLE_BINDING, "", name), Kind.CLUSTER_ROLE, name);
                subject("serviceaccount", "kube-system/" + words[1]);
                role(new Place(Kind.CLUSTER_ROLE, "", name));
            }
            case "clusterbinding2", "clusterbinding3" ->
                binding(new Place(Kind.CLUSTER_ROLE_BINDING, "", words[1]), Kind.CLUSTER_ROLE, last);
            case "binding3", "binding4" -> binding(new Place(Kind.ROLE_BINDING, words[1], words[2]), Kind.ROLE, last);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean inside(String[] words) {
        if (words.length == 2 && words[0].equals("label")) {
            labels.put(LABEL_PREFIX + words[1], "true");
        } else if (words.length == 2 && words[0].equals("aggregate")) {
            open.putNull("rules");
            open.putObject("aggregationRule")
                    .putArray("clusterRoleSelectors")
                    .addObject()
                    .putObject("matchLabels")
                    .put(LABEL_PREFIX + words[1], "true");
        } else if (words.length == 3 && words[0].equals("to")) {
            return subject(words[1], words[2]);
        } else if (words.length == 3 && words[1].equals("at")) {
            list(list(arrayAt("rules").addObject(), "verbs", verbs(words[0])), "nonResourceURLs", split(words[2]));
        } else if ((words.length == 5 || (words.length == 7 && words[5].equals("named")))
                && words[1].equals("on")
                && words[3].equals("in")) {
            ObjectNode rule = list(arrayAt("rules").addObject(), "verbs", verbs(words[0]));
            list(rule, "apiGroups", groups(words[4]));
            list(rule, "resources", split(words[2]));
            if (words.length == 7) {
                list(rule, "resourceNames", split(words[6]));
            }
        } else {
            return false;
        }
        return true;
    }

    private void role(Place place) {
        begin(place);
        open.putArray("rules");
    }

    private void binding(Place place, Kind roleKind, String role) {
        begin(place);
        open.putObject("roleRef")
                .put("apiGroup", RbacKeys.GROUP)
                .put("kind", roleKind.kind())
                .put("name", role);
    }

    private void begin(Place place) {
        open = JsonNodeFactory.instance.objectNode();
        open.put("apiVersion", RbacKeys.GROUP + "/v1").put("kind", place.kind().kind());
        ObjectNode metadata = open.putObject("metadata").put("name", place.name());
        if (place.kind().isNamespaced()) {
            metadata.put("namespace", place.namespace());
        }
        labels = metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
        metadata.putObject("annotations").put(Reconciliation.AUTO_UPDATE, "true");
        if (objects.put(place, open) != null) {
            throw new IllegalArgumentException("twice in the policy: " + place);
        }
    }

    private boolean subject(String kind, String name) {
        ObjectNode subject = arrayAt("subjects").addObject();
        switch (kind) {
            case "user" ->
                subject.put("apiGroup", RbacKeys.GROUP).put("kind", "User").put("name", name);
            case "group" ->
                subject.put("apiGroup", RbacKeys.GROUP).put("kind", "Group").put("name", name);
            case "serviceaccount" -> {
                int slash = name.indexOf('/');
                subject.put("kind", "ServiceAccount")
                        .put("name", name.substring(slash + 1))
                        .put("namespace", name.substring(0, slash));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private ArrayNode arrayAt(String field) {
        return open.get(field) instanceof ArrayNode there ? there : open.putArray(field);
    }

    private static List<String> verbs(String word) {
        List<String> known = VERBS.get(word);
        return known == null ? split(word) : known;
    }

    private static List<String> groups(String word) {
        List<String> groups = split(word);
        groups.replaceAll(group -> group.equals("core") ? "" : group);
        return groups;
    }

    private static List<String> split(String word) {
        return Arrays.asList(word.split(","));
    }

    private static ObjectNode list(ObjectNode into, String field, List<String> texts) {
        var array = into.putArray(field);
        texts.forEach(array::add);
        return into;
    }
}
