package dev.muster.api.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a tree (RFC 6901).
 *
 * @param text as written
 * @param parents the way to the container
 * @param last the member or item inside it
 */
record JsonPointer(String text, List<String> parents, String last) {

    /** Null for a text that is none: it neither is empty nor begins with a slash. */
    static JsonPointer of(String text) {
        if (!text.startsWith("/")) {
            return null;
        }
        var steps = new ArrayList<String>();
        for (String step : text.substring(1).split("/", -1)) {
            steps.add(unescape(step));
        }
        String last = steps.removeLast();
        return new JsonPointer(text, List.copyOf(steps), last);
    }

    /** The slash first, so that {@code ~01} is {@code ~1} and not a slash. */
    private static String unescape(String step) {
        return step.indexOf('~') < 0 ? step : step.replace("~1", "/").replace("~0", "~");
    }
}
