package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.util.List;
import java.util.Locale;

/** Cells of events. */
final class EventCells {

    private EventCells() {}

    static List<Object> event(ApiObject event, Ages ages) {
        JsonNode tree = event.tree();
        String first = ages.since(either(tree.path("firstTimestamp"), tree.path("eventTime")));
        String last = tree.hasNonNull("lastTimestamp") ? ages.since(tree.path("lastTimestamp")) : first;
        long count = Math.max(1, tree.path("count").asLong(0));
        JsonNode series = tree.path("series");
        if (series.isObject()) {
            last = ages.since(series.path("lastObservedTime"));
            count = series.path("count").asLong(0);
        }
        return List.of(
                last,
                tree.path("type").asText(""),
                tree.path("reason").asText(""),
                target(tree.path("involvedObject")),
                tree.path("involvedObject").path("fieldPath").asText(""),
                source(tree),
                tree.path("message").asText("").strip(),
                first,
                count,
                event.name());
    }

    private static String target(JsonNode involved) {
        String kind = involved.path("kind").asText("").toLowerCase(Locale.ROOT);
        String name = involved.path("name").asText("");
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    private static String source(JsonNode event) {
        String component = either(event.path("source").path("component"), event.path("reportingComponent"))
                .asText("");
        String instance = either(event.path("source").path("host"), event.path("reportingInstance"))
                .asText("");
        return instance.isEmpty() ? component : component + ", " + instance;
    }

    private static JsonNode either(JsonNode one, JsonNode other) {
        return one.asText("").isEmpty() ? other : one;
    }
}
