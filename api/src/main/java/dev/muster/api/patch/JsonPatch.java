package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.JsonValues;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;

/** RFC 6902 with Kubernetes' readings of it. One patch is applied by one instance. */
final class JsonPatch {

    static final int OPERATIONS_MAX = 10_000;
    static final long COPIED_BYTES_MAX = 3L * 1024 * 1024;

    private JsonNode document;
    private final Items items = new Items();
    private long copied;

    JsonPatch(JsonNode target) {
        this.document = target.deepCopy();
    }

    JsonNode apply(ArrayNode operations) {
        if (operations.size() > OPERATIONS_MAX) {
            throw new StatusException(
                    RequestStatuses.requestEntityTooLarge("The allowed maximum operations in a JSON patch is "
                            + OPERATIONS_MAX + ", got " + operations.size()));
        }
        for (JsonNode operation : operations) {
            if (!(operation instanceof ObjectNode one)) {
                throw new StatusException(RequestStatuses.badRequest("json: cannot unmarshal " + Words.type(operation)
                        + " into Go value of type jsonpatch.Operation"));
            }
            apply(one);
        }
        return document;
    }

    private void apply(ObjectNode operation) {
        String kind = operation.path("op").isTextual() ? operation.path("op").textValue() : "unknown";
        switch (kind) {
            case "add" -> add(operation);
            case "remove" -> remove(operation);
            case "replace" -> replace(operation);
            case "move" -> move(operation);
            case "test" -> test(operation);
            case "copy" -> copy(operation);
            default -> throw unappliable("Unexpected kind: " + kind);
        }
    }

    private void add(ObjectNode operation) {
        String path = text(operation, "path", "add");
        Place place = find(path);
        if (place == null) {
            throw missing("add operation does not apply: doc is missing path: \"" + path + "\"");
        }
        items.add(place, value(operation).deepCopy(), "error in add for path: '" + path + "': ");
    }

    private void remove(ObjectNode operation) {
        String path = text(operation, "path", "remove");
        Place place = find(path);
        if (place == null) {
            throw missing("remove operation does not apply: doc is missing path: \"" + path + "\"");
        }
        items.remove(place, "error in remove for path: '" + path + "': ");
    }

    private void replace(ObjectNode operation) {
        String path = text(operation, "path", "replace");
        JsonNode value = value(operation).deepCopy();
        if (path.isEmpty()) {
            if (!value.isContainerNode()) {
                throw unappliable("replace operation value must be object or array");
            }
            document = value;
            return;
        }
        Place place = find(path);
        if (place == null) {
            throw missing("replace operation does not apply: doc is missing path: " + path);
        }
        switch (place.container()) {
            case ArrayNode array -> {
                int index = Items.index(place.last(), array.size());
                if (index < 0 || index >= array.size()) {
                    throw missing("replace operation does not apply: doc is missing key: " + path);
                }
                array.set(index, value);
            }
            case ObjectNode object -> object.set(place.last(), value);
            default -> throw new IllegalStateException("a container of neither kind");
        }
    }

    private void move(ObjectNode operation) {
        String from = text(operation, "from", "move");
        Place source = find(from);
        if (source == null) {
            throw missing("move operation does not apply: doc is missing from path: " + from);
        }
        JsonNode value = items.remove(source, "error in move for path: '" + source.last() + "': ");
        String path = text(operation, "path", "move");
        Place place = find(path);
        if (place == null) {
            throw missing("move operation does not apply: doc is missing destination path: " + path);
        }
        items.add(place, value, "error in move for path: '" + path + "': ");
    }

    private void copy(ObjectNode operation) {
        String from = text(operation, "from", "copy");
        Place source = find(from);
        if (source == null) {
            throw missing("copy operation does not apply: doc is missing from path: " + from);
        }
        JsonNode value = Items.get(source, "error in copy for from: '" + from + "': ");
        String path = text(operation, "path", "copy");
        Place place = find(path);
        if (place == null) {
            throw missing("copy operation does not apply: doc is missing destination path: " + path);
        }
        copied += Sizes.upTo(value, COPIED_BYTES_MAX - copied + 1);
        if (copied > COPIED_BYTES_MAX) {
            throw unappliable("Unable to complete the copy, the accumulated size increase of copy is " + copied
                    + ", exceeding the limit " + COPIED_BYTES_MAX);
        }
        items.add(place, value.deepCopy(), "error while adding value during copy: ");
    }

    private void test(ObjectNode operation) {
        String path = text(operation, "path", "test");
        JsonNode actual;
        if (path.isEmpty()) {
            actual = document;
        } else {
            Place place = find(path);
            if (place == null) {
                throw missing("test operation does not apply: is missing path: " + path);
            }
            actual = Items.get(place, "error in test for path: '" + path + "': ");
        }
        if (!JsonValues.same(actual, value(operation))) {
            throw unappliable("testing value " + path + " failed: test failed");
        }
    }

    /** The container that a path leads to; null when there is none. */
    private Place find(String path) {
        JsonPointer pointer = JsonPointer.of(path);
        if (pointer == null) {
            return null;
        }
        JsonNode at = document;
        for (String step : pointer.parents()) {
            at = switch (at) {
                case ArrayNode array -> array.path(Items.index(step, array.size()));
                default -> at.path(step);
            };
        }
        return at instanceof ContainerNode<?> container ? new Place(container, pointer.last()) : null;
    }

    private static String text(ObjectNode operation, String field, String kind) {
        JsonNode text = operation.path(field);
        if (!text.isTextual()) {
            throw missing(kind + " operation failed to decode " + field);
        }
        return text.textValue();
    }

    /** An absent value is null. */
    private static JsonNode value(ObjectNode operation) {
        return operation.has("value") ? operation.get("value") : NullNode.getInstance();
    }

    static StatusException missing(String what) {
        return unappliable(what + ": missing value");
    }

    static StatusException unappliable(String what) {
        return new StatusException(Statuses.unappliable(what));
    }

    /**
     * @param container an object or an array
     * @param last the member's name or the item's index
     */
    record Place(ContainerNode<?> container, String last) {}
}
