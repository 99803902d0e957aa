package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.patch.MergeSchema.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Kubernetes' strategic merge patch: a merge patch that knows which lists are maps or sets, with directives for what can not
 * be said otherwise.
 *
 * @see <a href="https://git.k8s.io/community/contributors/devel/sig-api-machinery/strategic-merge-patch.md">Strategic Merge
 *     Patch</a>
 */
final class StrategicPatch {

    private StrategicPatch() {}

    static ObjectNode apply(ObjectNode target, ObjectNode patch, MergeSchema schema) {
        return merge(target.deepCopy(), patch.deepCopy(), schema);
    }

    /** Uses up both. */
    static ObjectNode merge(ObjectNode target, ObjectNode patch, MergeSchema schema) {
        JsonNode directive = patch.get(Directives.PATCH);
        if (directive != null) {
            return whole(directive, patch);
        }
        retainKeys(target, patch);
        for (String member : names(patch)) {
            if (member.startsWith(Directives.ELEMENT_ORDER)) {
                ordered(target, patch, member, schema);
            }
        }
        for (String name : names(patch)) {
            if (!name.startsWith(Directives.DELETE_FROM_LIST)) {
                member(target, name, patch.get(name), schema);
            }
        }
        // Last, so that a value both added and deleted is gone; Kubernetes leaves it to chance.
        for (String name : names(patch)) {
            if (name.startsWith(Directives.DELETE_FROM_LIST)) {
                deleteFromList(target, Directives.listOf(name, Directives.DELETE_FROM_LIST), patch.get(name));
            }
        }
        return target;
    }

    private static ObjectNode whole(JsonNode directive, ObjectNode patch) {
        return switch (directive.asText()) {
            case "replace" -> {
                patch.remove(Directives.PATCH);
                yield patch;
            }
            case "delete" -> JsonNodeFactory.instance.objectNode();
            default -> throw Directives.unknown(directive, patch);
        };
    }

    private static void member(ObjectNode target, String name, JsonNode change, MergeSchema schema) {
        if (change.isNull()) {
            target.remove(name);
            return;
        }
        JsonNode present = target.get(name);
        if (present instanceof ObjectNode object && change instanceof ObjectNode changes) {
            Member member = schema.member(name);
            target.set(name, member.replaces() ? changes : merge(object, changes, member.inner()));
        } else if (present instanceof ArrayNode list && change instanceof ArrayNode changes) {
            target.set(name, ListMerge.merge(list, changes, schema.member(name)));
        } else {
            Directives.dropNulls(change);
            if (Directives.strip(change)) {
                target.set(name, change);
            } else {
                target.remove(name);
            }
        }
    }

    private static void deleteFromList(ObjectNode target, String name, JsonNode unwanted) {
        if (unwanted.isNull()) {
            target.remove(name);
            return;
        }
        if (!(unwanted instanceof ArrayNode values)) {
            throw Directives.malformed("primitive list");
        }
        if (target.get(name) instanceof ArrayNode list) {
            target.set(name, ListMerge.without(list, values));
        }
    }

    /** The members named are all that stays; a patch that changes others contradicts itself. */
    private static void retainKeys(ObjectNode target, ObjectNode patch) {
        JsonNode retained = patch.remove(Directives.RETAIN_KEYS);
        if (retained == null) {
            return;
        }
        if (!retained.isArray()) {
            throw Directives.malformed("retainKeys");
        }
        var keys = new HashSet<String>();
        retained.forEach(key -> keys.add(key.asText()));
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            String name = change.getKey();
            boolean other = name.startsWith(Directives.DELETE_FROM_LIST) || name.startsWith(Directives.ELEMENT_ORDER);
            if (!other && !change.getValue().isNull() && !keys.contains(name)) {
                throw Directives.malformed("retainKeys");
            }
        }
        target.retain(keys);
    }

    /** Merges the list that an order is given for, and brings it into this order. */
    private static void ordered(ObjectNode target, ObjectNode patch, String directive, MergeSchema schema) {
        if (!(patch.remove(directive) instanceof ArrayNode order)) {
            throw Directives.malformed("setElementOrder list");
        }
        String name = Directives.listOf(directive, Directives.ELEMENT_ORDER);
        ArrayNode present = list(target.get(name));
        ArrayNode changes = list(patch.get(name));
        Member member = schema.member(name);
        ElementOrder.check(changes, order, member.mergeKey());
        if (present == null && changes == null) {
            return;
        }
        ArrayNode merged;
        if (changes == null) {
            merged = present;
        } else if (present == null) {
            Directives.strip(changes);
            merged = changes;
        } else {
            merged = ListMerge.merge(present.deepCopy(), changes, member);
        }
        ArrayNode before = present == null ? JsonNodeFactory.instance.arrayNode() : present;
        target.set(name, ElementOrder.arrange(merged, order, before, member.mergeKey()));
        patch.remove(name);
    }

    private static ArrayNode list(JsonNode value) {
        if (value == null || value instanceof ArrayNode) {
            return (ArrayNode) value;
        }
        throw Directives.expected("[]interface {}", value);
    }

    private static List<String> names(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
