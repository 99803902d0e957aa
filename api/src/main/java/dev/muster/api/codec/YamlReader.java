package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Makes a JSON tree of YAML events. What an alias stands for counts each time it is used, so that no text grows beyond the limit
 * of values; tags are refused, since JSON has none.
 */
final class YamlReader {

    private static final String MERGE = "<<";

    private final Iterator<Event> events;
    private final Problems problems;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int values;
    private int depth;

    /** A value with a name, and how many values it holds. */
    private record Anchored(JsonNode value, int size) {}

    YamlReader(Iterator<Event> events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /** The one document of this stream; null for an empty stream. */
    JsonNode read() {
        events.next();
        if (!(events.next() instanceof DocumentStartEvent)) {
            return null;
        }
        var value = value(events.next());
        events.next();
        if (events.next() instanceof DocumentStartEvent) {
            throw new MalformedBody("yaml: only one document is expected");
        }
        return value;
    }

    private JsonNode value(Event event) {
        count(1);
        int before = values;
        var value = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent sequence -> sequence(sequence);
            case MappingStartEvent mapping -> mapping(mapping);
            case AliasEvent alias -> alias(alias);
            default -> throw new MalformedBody("yaml: not understood" + line(event));
        };
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(value, values - before)));
        }
        return value;
    }

    private void count(int more) {
        values += more;
        if (values > Limits.VALUES) {
            throw Limits.tooMany();
        }
    }

    private JsonNode scalar(ScalarEvent event) {
        refuseTag(event.getTag().isPresent(), event);
        return event.isPlain() ? YamlScalars.resolve(event.getValue()) : TextNode.valueOf(event.getValue());
    }

    private JsonNode alias(AliasEvent event) {
        var anchored = anchors.get(event.getAlias());
        if (anchored == null) {
            throw new MalformedBody(
                    "yaml: unknown anchor " + GoText.quote(event.getAlias().getValue()) + line(event));
        }
        count(anchored.size());
        return anchored.value().deepCopy();
    }

    private ArrayNode sequence(SequenceStartEvent start) {
        refuseTag(start.getTag().isPresent(), start);
        enter(start);
        var array = JsonNodeFactory.instance.arrayNode();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            array.add(value(event));
        }
        depth--;
        return array;
    }

    private ObjectNode mapping(MappingStartEvent start) {
        refuseTag(start.getTag().isPresent(), start);
        enter(start);
        var object = JsonNodeFactory.instance.objectNode();
        List<JsonNode> merged = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            boolean merge = event instanceof ScalarEvent s
                    && s.isPlain()
                    && s.getValue().equals(MERGE);
            var name = key(event);
            var value = value(events.next());
            if (merge) {
                merged.add(value);
            } else if (object.replace(name, value) != null) {
                problems.add("yaml: unmarshal errors:\n  line " + lineOf(event) + ": key " + GoText.quote(name)
                        + " already set in map");
            }
        }
        merged.forEach(value -> merge(object, value));
        depth--;
        return object;
    }

    /** YAML 1.1's merge key: what the mapping does not say itself. */
    private static void merge(ObjectNode object, JsonNode value) {
        if (value instanceof ArrayNode several) {
            several.forEach(one -> mergeOne(object, one));
        } else {
            mergeOne(object, value);
        }
    }

    private static void mergeOne(ObjectNode object, JsonNode value) {
        if (!(value instanceof ObjectNode from)) {
            throw new MalformedBody("yaml: map merge requires map or sequence of maps as the value");
        }
        from.properties().forEach(entry -> object.putIfAbsent(entry.getKey(), entry.getValue()));
    }

    private String key(Event event) {
        var key = value(event);
        if (key.isContainerNode() || key.isNull()) {
            throw new MalformedBody("yaml: a key of a mapping must be a scalar" + line(event));
        }
        return key.asText();
    }

    private void enter(Event event) {
        if (++depth > Limits.DEPTH) {
            throw new MalformedBody("yaml: exceeded max depth" + line(event));
        }
    }

    private static void refuseTag(boolean tagged, Event event) {
        if (tagged) {
            throw new MalformedBody("yaml: tags are not supported" + line(event));
        }
    }

    private static String line(Event event) {
        return " at line " + lineOf(event);
    }

    private static int lineOf(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
