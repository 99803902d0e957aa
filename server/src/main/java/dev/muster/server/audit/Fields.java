package dev.muster.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields of one object of a configuration file; what is wrong with them is collected. */
record Fields(JsonNode node, FieldPath path, List<Cause> causes) {

    /** Notes every field that is not among these. */
    void only(Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                causes.add(new Cause(
                        "",
                        "strict decoding error: unknown field "
                                + GoText.quote(path.child(name).text()),
                        ""));
            }
        });
    }

    String text(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            wrong(path.child(name), value, "must be a string");
            return "";
        }
        return value.asText();
    }

    Optional<Boolean> flag(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            wrong(path.child(name), value, "must be true or false");
            return Optional.empty();
        }
        return Optional.of(value.asBoolean());
    }

    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        List<JsonNode> items = list(name);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).isTextual()) {
                texts.add(items.get(i).asText());
            } else {
                wrong(path.child(name).index(i), items.get(i), "must be a string");
            }
        }
        return texts;
    }

    List<Fields> objects(String name) {
        var objects = new ArrayList<Fields>();
        List<JsonNode> items = list(name);
        for (int i = 0; i < items.size(); i++) {
            var where = path.child(name).index(i);
            if (items.get(i).isObject()) {
                objects.add(new Fields(items.get(i), where, causes));
            } else {
                wrong(where, items.get(i), "must be an object");
            }
        }
        return objects;
    }

    private List<JsonNode> list(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            wrong(path.child(name), value, "must be a list");
            return List.of();
        }
        var items = new ArrayList<JsonNode>();
        value.forEach(items::add);
        return items;
    }

    private void wrong(FieldPath where, JsonNode value, String detail) {
        causes.add(FieldErrors.typeInvalid(where, value, detail));
    }
}
