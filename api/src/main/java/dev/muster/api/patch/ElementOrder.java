package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In which order a merged list stands: what the patch orders, as it says; between that, what only the server has. */
final class ElementOrder {

    private ElementOrder() {}

    /** The items of a patch must be named in the order given with it, and follow it. */
    static void check(ArrayNode patch, ArrayNode order, String mergeKey) {
        if (patch == null || patch.isEmpty() || order.isEmpty()) {
            return;
        }
        int at = 0;
        for (JsonNode item : patch) {
            if (Directives.isPresent(item)) {
                continue;
            }
            String id = ListMerge.identity(item, mergeKey);
            while (at < order.size()
                    && !ListMerge.identity(order.get(at), mergeKey).equals(id)) {
                at++;
            }
            if (at == order.size()) {
                throw new StatusException(Statuses.unappliable("The order in patch list:\n" + GoText.json(patch)
                        + "\n doesn't match $setElementOrder list:\n" + GoText.json(order) + "\n"));
            }
            at++;
        }
    }

    /**
     * Arranges a merged list.
     *
     * @param order the order of the patch
     * @param before the list as the server had it
     */
    static ArrayNode arrange(ArrayNode merged, ArrayNode order, ArrayNode before, String mergeKey) {
        var ordered = places(order, mergeKey);
        var known = places(before, mergeKey);
        var fromPatch = new ArrayList<Item>();
        var serverOnly = new ArrayList<Item>();
        for (JsonNode node : merged) {
            var item = new Item(node, ListMerge.identity(node, mergeKey));
            (ordered.containsKey(item.id()) ? fromPatch : serverOnly).add(item);
        }
        fromPatch.sort(Comparator.comparing(item -> ordered.get(item.id())));
        serverOnly.sort(Comparator.comparing(item -> known.getOrDefault(item.id(), Integer.MAX_VALUE)));
        return zip(serverOnly, fromPatch, known);
    }

    /** An item of the server goes before one of the patch when it stood before it. */
    private static ArrayNode zip(List<Item> serverOnly, List<Item> fromPatch, Map<String, Integer> known) {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        int server = 0;
        int patch = 0;
        while (server < serverOnly.size() || patch < fromPatch.size()) {
            boolean takeServer = patch == fromPatch.size()
                    || server < serverOnly.size() && stoodBefore(serverOnly.get(server), fromPatch.get(patch), known);
            result.add(
                    takeServer
                            ? serverOnly.get(server++).node()
                            : fromPatch.get(patch++).node());
        }
        return result;
    }

    private static boolean stoodBefore(Item server, Item patch, Map<String, Integer> known) {
        Integer one = known.get(server.id());
        Integer other = known.get(patch.id());
        return one != null && other != null && one < other;
    }

    private static Map<String, Integer> places(ArrayNode list, String mergeKey) {
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < list.size(); i++) {
            places.putIfAbsent(ListMerge.identity(list.get(i), mergeKey), i);
        }
        return places;
    }

    private record Item(JsonNode node, String id) {}
}
