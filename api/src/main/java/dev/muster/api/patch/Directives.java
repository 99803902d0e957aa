package dev.muster.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import java.util.Iterator;

/** The members of a strategic merge patch that say what to do, and what is wrong when they are wrong. */
final class Directives {

    static final String PATCH = "$patch";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList";
    static final String ELEMENT_ORDER = "$setElementOrder";

    private Directives() {}

    static boolean isPresent(JsonNode item) {
        return item.isObject() && item.has(PATCH);
    }

    /** The list's name after a directive's slash. */
    static String listOf(String member, String directive) {
        if (!member.startsWith(directive + "/")) {
            throw directive.equals(DELETE_FROM_LIST) ? malformed("primitive list") : malformed("setElementOrder list");
        }
        return member.substring(directive.length() + 1);
    }

    /** Takes objects with a directive out of what is kept as it is; false when the value itself is one. */
    static boolean strip(JsonNode value) {
        if (isPresent(value)) {
            return false;
        }
        if (value instanceof ObjectNode object) {
            for (Iterator<JsonNode> members = object.elements(); members.hasNext(); ) {
                if (!strip(members.next())) {
                    members.remove();
                }
            }
        } else if (value instanceof ArrayNode array) {
            for (Iterator<JsonNode> items = array.elements(); items.hasNext(); ) {
                if (!strip(items.next())) {
                    items.remove();
                }
            }
        }
        return true;
    }

    /** Members that are null would have removed something; where nothing is, they mean nothing. */
    static void dropNulls(JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (Iterator<JsonNode> members = object.elements(); members.hasNext(); ) {
                JsonNode member = members.next();
                if (member.isNull()) {
                    members.remove();
                } else {
                    dropNulls(member);
                }
            }
        } else if (value.isArray()) {
            value.forEach(Directives::dropNulls);
        }
    }

    static StatusException malformed(String what) {
        return new StatusException(Statuses.badRequest("invalid patch format of " + what));
    }

    static StatusException unknown(JsonNode directive, JsonNode in) {
        return new StatusException(
                Statuses.badRequest("unknown patch type: " + directive.asText() + " in map: " + GoText.json(in)));
    }

    static StatusException expected(String type, JsonNode actual) {
        return new StatusException(
                Statuses.unappliable("expected a " + type + ", but received a " + Words.type(actual)));
    }

    static StatusException noMergeKey(JsonNode item, String mergeKey) {
        return new StatusException(Statuses.unappliable(
                "map: " + GoText.json(item) + " does not contain declared merge key: " + mergeKey));
    }
}
