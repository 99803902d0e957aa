package dev.muster.authn.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the fields of one object, and notes whatever is not as it should be. */
final class Fields {

    private final String path;
    private final JsonNode node;
    private final List<Problem> problems;

    private Fields(String path, JsonNode node, List<Problem> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    /** @param known the fields that there may be */
    static Fields of(String path, JsonNode node, List<Problem> problems, String... known) {
        JsonNode object = node;
        if (node.isNull() || node.isMissingNode()) {
            object = MissingNode.getInstance();
        } else if (!node.isObject()) {
            problems.add(new Problem(path, "must be an object"));
            object = MissingNode.getInstance();
        }
        var names = List.of(known);
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                String whole = path.isEmpty() ? name : path + "." + name;
                problems.add(new Problem(whole, "strict decoding error: unknown field " + Quoted.go(whole)));
            }
        });
        return new Fields(path, object, problems);
    }

    private String child(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Empty when there is none. */
    String text(String name) {
        return optional(name).orElse("");
    }

    Optional<String> optional(String name) {
        return text(child(name), node.path(name));
    }

    private Optional<String> text(String where, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            problems.add(new Problem(where, "must be a string"));
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    boolean bool(String name) {
        JsonNode value = node.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            problems.add(new Problem(child(name), "must be true or false"));
        }
        return value.asBoolean(false);
    }

    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        JsonNode list = list(name);
        for (int i = 0; i < list.size(); i++) {
            texts.add(text(child(name) + "[" + i + "]", list.get(i)).orElse(""));
        }
        return texts;
    }

    /** The objects of a list. */
    <T> List<T> objects(String name, Function<Fields, T> read, String... known) {
        var objects = new ArrayList<T>();
        JsonNode list = list(name);
        for (int i = 0; i < list.size(); i++) {
            objects.add(read.apply(of(child(name) + "[" + i + "]", list.get(i), problems, known)));
        }
        return objects;
    }

    private JsonNode list(String name) {
        JsonNode list = node.path(name);
        if (list.isMissingNode() || list.isNull()) {
            return MissingNode.getInstance();
        }
        if (!list.isArray()) {
            problems.add(new Problem(child(name), "must be a list"));
            return MissingNode.getInstance();
        }
        return list;
    }

    /** An object in a field; its fields are all absent when it is. */
    Fields object(String name, String... known) {
        return of(child(name), node.path(name), problems, known);
    }

    boolean has(String name) {
        return !node.path(name).isMissingNode() && !node.path(name).isNull();
    }
}
