package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.patch.MergeSchema.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Merges lists: of objects by their merge key, of scalars as sets. Linear in the lists' sizes, whatever is in them. */
final class ListMerge {

    /** Every further change of the same item would go through all that is in it once more. */
    static final int SAME_ITEM_MAX = 100;

    private ListMerge() {}

    /** Uses up both. */
    static ArrayNode merge(ArrayNode target, ArrayNode patch, Member member) {
        if (!member.merges()) {
            return patch;
        }
        if (target.isEmpty() && patch.isEmpty()) {
            return target;
        }
        if (elementType(target, patch) != JsonNodeType.OBJECT) {
            var set = new LinkedHashMap<String, JsonNode>();
            target.forEach(item -> set.putIfAbsent(identity(item), item));
            patch.forEach(item -> set.putIfAbsent(identity(item), item));
            return ElementOrder.arrange(array(set.values()), patch, target, "");
        }
        if (member.mergeKey().isEmpty()) {
            throw new StatusException(Statuses.unappliable("cannot merge lists without merge key for struct"));
        }
        return objects(target, patch, member);
    }

    /** The list without these values. */
    static ArrayNode without(ArrayNode target, ArrayNode unwanted) {
        if (elementType(target, unwanted) == JsonNodeType.OBJECT) {
            throw Directives.malformed("primitive list");
        }
        Set<String> gone = new HashSet<>();
        unwanted.forEach(item -> gone.add(identity(item)));
        var kept = new ArrayList<JsonNode>();
        target.forEach(item -> {
            if (!gone.contains(identity(item))) {
                kept.add(item);
            }
        });
        return array(kept);
    }

    private static ArrayNode objects(ArrayNode target, ArrayNode patch, Member member) {
        String key = member.mergeKey();
        var changes = new ArrayList<ObjectNode>();
        var deleted = new HashSet<String>();
        boolean replace = false;
        for (JsonNode item : patch) {
            JsonNode directive = item.get(Directives.PATCH);
            switch (directive == null ? "" : directive.asText()) {
                case "delete" -> deleted.add(identity(item, key));
                case "replace" -> replace = true;
                case "merge" ->
                    throw new StatusException(
                            Statuses.badRequest("merging lists cannot yet be specified in the patch"));
                case "" -> {
                    if (directive != null) {
                        throw Directives.unknown(directive, item);
                    }
                    changes.add((ObjectNode) item);
                }
                default -> throw Directives.unknown(directive, item);
            }
        }
        if (replace) {
            changes.forEach(item -> identity(item, key));
            return array(changes);
        }
        var before = new ArrayList<JsonNode>();
        target.forEach(item -> {
            if (!item.has(key) || !deleted.contains(identity(item, key))) {
                before.add(item);
            }
        });
        var merged = mergeItems(before, changes, member);
        return ElementOrder.arrange(array(merged), array(changes), array(before), key);
    }

    private static List<JsonNode> mergeItems(List<JsonNode> before, List<ObjectNode> changes, Member member) {
        String key = member.mergeKey();
        var merged = new ArrayList<>(before);
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < merged.size(); i++) {
            if (merged.get(i).has(key)) {
                places.putIfAbsent(identity(merged.get(i), key), i);
            }
        }
        var times = new HashMap<String, Integer>();
        for (ObjectNode change : changes) {
            String id = identity(change, key);
            Integer place = places.get(id);
            if (place == null) {
                places.put(id, merged.size());
                merged.add(change);
            } else {
                if (times.merge(id, 1, Integer::sum) > SAME_ITEM_MAX) {
                    throw new StatusException(Statuses.unappliable(
                            "the patch changes one item of a list more than " + SAME_ITEM_MAX + " times"));
                }
                var item = (ObjectNode) merged.get(place);
                merged.set(place, StrategicPatch.merge(item, change, member.inner()));
            }
        }
        return merged;
    }

    /** The one type of all items; lists are none that can be merged. */
    private static JsonNodeType elementType(ArrayNode one, ArrayNode other) {
        JsonNodeType type = null;
        for (ArrayNode list : List.of(one, other)) {
            for (JsonNode item : list) {
                if (item.isArray()) {
                    throw new StatusException(Statuses.unappliable("lists of lists are not supported"));
                }
                if (item.isNull() || type != null && type != item.getNodeType()) {
                    throw new StatusException(Statuses.unappliable("list element types are not identical"));
                }
                type = item.getNodeType();
            }
        }
        return type;
    }

    /** What makes an item of this list the same as another. */
    static String identity(JsonNode item, String mergeKey) {
        if (mergeKey.isEmpty()) {
            return identity(item);
        }
        if (!item.isObject()) {
            throw Directives.expected("map[string]interface {}", item);
        }
        JsonNode value = item.get(mergeKey);
        if (value == null) {
            throw Directives.noMergeKey(item, mergeKey);
        }
        return identity(value);
    }

    private static String identity(JsonNode value) {
        return value.isTextual() ? "s" + value.textValue() : value.getNodeType() + value.toString();
    }

    private static ArrayNode array(Iterable<? extends JsonNode> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        return array;
    }
}
