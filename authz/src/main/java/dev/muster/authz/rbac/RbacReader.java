package dev.muster.authz.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads roles and bindings out of stored objects. What is malformed grants nothing: a role of which one rule cannot be read
 * has no rules, a binding of which one subject cannot be read has no subjects.
 */
public final class RbacReader {

    private RbacReader() {}

    /**
     * The role, without rules when it is malformed.
     *
     * @param problem hears what is wrong, with the field's path
     */
    public static Role role(RbacKeys.Place place, ApiObject object, Consumer<String> problem) {
        try {
            var rules = list(object.tree().path("rules"), "rules", RbacReader::rule);
            return new Role(place.namespace(), place.name(), rules);
        } catch (Malformed e) {
            problem.accept(e.getMessage());
            return new Role(place.namespace(), place.name(), List.of());
        }
    }

    /** The binding, without subjects when it is malformed. */
    public static Binding binding(RbacKeys.Place place, ApiObject object, Consumer<String> problem) {
        try {
            JsonNode ref = object.tree().path("roleRef");
            if (!ref.isObject()) {
                throw new Malformed("roleRef: not an object");
            }
            var role = new RoleRef(text(ref, "kind", "roleRef"), text(ref, "name", "roleRef"));
            var subjects = list(object.tree().path("subjects"), "subjects", RbacReader::subject);
            return new Binding(place.namespace(), place.name(), subjects, role);
        } catch (Malformed e) {
            problem.accept(e.getMessage());
            return new Binding(place.namespace(), place.name(), List.of(), new RoleRef("", ""));
        }
    }

    /** The rules of a role as a caller sent it. Read leniently: what is malformed is left to validation. */
    public static List<Rule> rules(ApiObject object, Consumer<String> problem) {
        return role(new RbacKeys.Place(RbacKeys.Kind.CLUSTER_ROLE, "", object.name()), object, problem)
                .rules();
    }

    private static Rule rule(Element at) {
        return new Rule(
                texts(at, "verbs"),
                texts(at, "apiGroups"),
                texts(at, "resources"),
                texts(at, "resourceNames"),
                texts(at, "nonResourceURLs"));
    }

    private static Subject subject(Element at) {
        return new Subject(
                text(at.node, "kind", at.path), text(at.node, "name", at.path), text(at.node, "namespace", at.path));
    }

    private static <T> List<T> list(JsonNode array, String path, Function<Element, T> read) {
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        if (!array.isArray()) {
            throw new Malformed(path + ": not a list");
        }
        var all = new ArrayList<T>(array.size());
        for (JsonNode node : array) {
            String at = path + "[" + all.size() + "]";
            if (!node.isObject()) {
                throw new Malformed(at + ": not an object");
            }
            all.add(read.apply(new Element(node, at)));
        }
        return all;
    }

    private static List<String> texts(Element in, String field) {
        JsonNode array = in.node.path(field);
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        if (!array.isArray()) {
            throw new Malformed(in.path + "." + field + ": not a list");
        }
        var all = new ArrayList<String>(array.size());
        for (JsonNode node : array) {
            if (!node.isTextual()) {
                throw new Malformed(in.path + "." + field + "[" + all.size() + "]: not a text");
            }
            all.add(node.textValue());
        }
        return all;
    }

    private static String text(JsonNode object, String field, String path) {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isTextual()) {
            throw new Malformed(path + "." + field + ": not a text");
        }
        return node.textValue();
    }

    private record Element(JsonNode node, String path) {}

    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }
}
