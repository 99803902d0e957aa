package dev.muster.server.why;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.server.client.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Many refusals, a line each. */
final class Latest {

    private static final int WIDEST = 48;

    private Latest() {}

    static List<String> of(JsonNode items, Instant now) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ID", "CODE", "USER", "VERB", "WHAT", "NAMESPACE", "LAST"));
        for (JsonNode one : items) {
            rows.add(List.of(
                    text(one, "/metadata/name"),
                    text(one, "/code"),
                    text(one, "/user/username"),
                    text(one, "/request/verb"),
                    text(one, "/request/what"),
                    text(one, "/request/namespace"),
                    Story.ago(one.at("/lastTime").asText(""), now)));
        }
        return Columns.of(rows);
    }

    private static String text(JsonNode one, String pointer) {
        String text = one.at(pointer).asText("");
        return text.isEmpty() ? "-" : text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }
}
