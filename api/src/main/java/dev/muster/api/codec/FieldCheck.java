package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.MessageType;
import dev.muster.api.kinds.MessageType.Field;
import dev.muster.api.kinds.MessageType.Form;
import java.util.List;
import java.util.Map;

/**
 * Holds a tree against its schema: removes what is unknown and says so, refuses what has the wrong type, and gives times,
 * quantities and bytes the one form in which Kubernetes shows them. Field names are case-sensitive, as in kube-apiserver.
 */
public final class FieldCheck {

    private final Kinds kinds;

    public FieldCheck(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * Prunes unknown fields and nulls from the tree.
     *
     * @return one {@code unknown field "spec.x"} for each
     * @throws MalformedBody for a value of the wrong type, in the words of Kubernetes' decoder
     */
    public List<String> prune(ObjectNode tree, MessageType schema) {
        var run = new Run();
        run.object(tree, schema);
        return run.problems.list();
    }

    /** Go's word for the type of a JSON value. */
    static String jsonType(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING -> "string";
            case NULL -> "null";
            default -> "object";
        };
    }

    /** One tree's check. */
    private final class Run {

        private final Problems problems = new Problems();
        private final Path path = new Path();

        void object(ObjectNode tree, MessageType schema) {
            var fields = tree.properties().iterator();
            while (fields.hasNext()) {
                var entry = fields.next();
                var field = schema.byName().get(entry.getKey());
                if (field == null) {
                    problems.unknown(path, entry.getKey());
                    fields.remove();
                } else if (entry.getValue().isNull()) {
                    fields.remove();
                } else {
                    path.enter(field.json());
                    entry.setValue(value(entry.getValue(), field, new Scalars(schema, path)));
                    path.leave();
                }
            }
        }

        private JsonNode value(JsonNode value, Field field, Scalars scalars) {
            return switch (field.shape()) {
                case SINGLE -> one(value, field, scalars);
                case LIST -> list(value, field, scalars);
                case MAP -> map(value, field, scalars);
            };
        }

        private JsonNode list(JsonNode value, Field field, Scalars scalars) {
            if (!(value instanceof ArrayNode array)) {
                throw scalars.wrongType(jsonType(value), "[]" + scalars.goType(field));
            }
            for (int i = 0; i < array.size(); i++) {
                path.enter(i);
                array.set(i, item(array.get(i), field, scalars));
                path.leave();
            }
            return array;
        }

        private JsonNode map(JsonNode value, Field field, Scalars scalars) {
            if (!(value instanceof ObjectNode object)) {
                throw scalars.wrongType(jsonType(value), "map[string]" + scalars.goType(field));
            }
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                path.enterKey(entry.getKey());
                entry.setValue(item(entry.getValue(), field, scalars));
                path.leave();
            }
            return object;
        }

        /** In lists and maps a null is the zero value. */
        private JsonNode item(JsonNode value, Field field, Scalars scalars) {
            return value.isNull() ? scalars.zero(field, form(field)) : one(value, field, scalars);
        }

        private JsonNode one(JsonNode value, Field field, Scalars scalars) {
            if (!field.isMessage()) {
                return scalars.check(value, field);
            }
            var schema = kinds.message(field.message());
            if (schema.form() != Form.OBJECT) {
                return new Forms(scalars).check(value, schema);
            }
            if (!(value instanceof ObjectNode object)) {
                throw scalars.wrongType(jsonType(value), scalars.goType(field));
            }
            object(object, schema);
            return object;
        }

        private Form form(Field field) {
            return field.isMessage() ? kinds.message(field.message()).form() : Form.OBJECT;
        }
    }
}
