package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.api.patch.JsonPatch.Place;

/** Reads and changes one member or item. Counts how many items were shifted: a small patch could shift for minutes. */
final class Items {

    static final long SHIFTS_MAX = 100_000_000;

    private long shifts;

    /** The value there; null where an object has no such member. */
    static JsonNode get(Place place, String problem) {
        if (place.container() instanceof ArrayNode array) {
            return array.get(existing(place.last(), array, problem));
        }
        JsonNode value = place.container().get(place.last());
        return value == null ? NullNode.getInstance() : value;
    }

    void add(Place place, JsonNode value, String problem) {
        if (place.container() instanceof ObjectNode object) {
            object.set(place.last(), value);
            return;
        }
        var array = (ArrayNode) place.container();
        if (place.last().equals("-")) {
            array.add(value);
            return;
        }
        if (!isNumber(place.last())) {
            throw JsonPatch.unappliable(problem + "value was not a proper array index: '" + place.last() + "': "
                    + notANumber(place.last()));
        }
        int index = index(place.last(), array.size() + 1);
        if (index < 0 || index > array.size()) {
            throw JsonPatch.unappliable(problem + outOfRange(place.last()));
        }
        countShifts(array.size() - index);
        array.insert(index, value);
    }

    JsonNode remove(Place place, String problem) {
        if (place.container() instanceof ArrayNode array) {
            int index = existing(place.last(), array, problem);
            countShifts(array.size() - index);
            return array.remove(index);
        }
        JsonNode removed = ((ObjectNode) place.container()).remove(place.last());
        if (removed == null) {
            throw JsonPatch.missing(problem + "Unable to remove nonexistent key: " + place.last());
        }
        return removed;
    }

    /** A negative number counts from the end; a text that is no number, or too far below, gives -1; no upper bound. */
    static int index(String text, int size) {
        if (!isNumber(text)) {
            return -1;
        }
        try {
            int index = Integer.parseInt(text);
            return index < 0 ? Math.max(-1, index + size) : index;
        } catch (NumberFormatException e) {
            return text.startsWith("-") ? -1 : Integer.MAX_VALUE;
        }
    }

    private static int existing(String text, ArrayNode array, String problem) {
        int index = index(text, array.size());
        if (!isNumber(text)) {
            throw JsonPatch.unappliable(problem + notANumber(text));
        }
        if (index < 0 || index >= array.size()) {
            throw JsonPatch.unappliable(problem + outOfRange(text));
        }
        return index;
    }

    private void countShifts(int more) {
        shifts += more;
        if (shifts > SHIFTS_MAX) {
            throw new StatusException(RequestStatuses.requestEntityTooLarge(
                    "the operations of the JSON patch move more than " + SHIFTS_MAX + " array items"));
        }
    }

    private static boolean isNumber(String text) {
        int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.length() > digits && text.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9');
    }

    private static String outOfRange(String text) {
        return "Unable to access invalid index: " + text + ": invalid index referenced";
    }

    private static String notANumber(String text) {
        return "strconv.Atoi: parsing " + GoText.quote(text) + ": invalid syntax";
    }
}
