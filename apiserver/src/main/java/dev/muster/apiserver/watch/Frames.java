package dev.muster.apiserver.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.codec.Json;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Revision;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** Lines of a watch. */
final class Frames {

    /** Marks the bookmark after the objects that were there before. */
    static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    private static final byte[] END = "}\n".getBytes(StandardCharsets.UTF_8);
    private static final Map<EventType, byte[]> STARTS = new EnumMap<>(EventType.class);

    static {
        for (EventType type : EventType.values()) {
            STARTS.put(type, ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8));
        }
    }

    private final ResourceType type;
    private final Shape shape;

    Frames(ResourceType type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    /** The line for a change; made once for all who see it in this shape. */
    byte[] of(EventType event, Change<ApiObject> change) {
        return change.derived(shape.slot(event), c -> of(event, Told.object(event, c)));
    }

    /** The line for an object that was there before. */
    byte[] of(EventType event, ApiObject object) {
        return line(event, shape.bytes(type, object));
    }

    /** The first line of a shape whose first line is special: a table's says what the columns are. */
    byte[] first(EventType event, ApiObject object) {
        return line(event, shape.first(type, object));
    }

    boolean hasSpecialFirst() {
        return shape.hasSpecialFirst();
    }

    /** Everything up to the revision has been told. */
    byte[] bookmark(Revision revision, boolean endOfInitial) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", type.gvk().kind()).put("apiVersion", type.gvk().apiVersion());
        ObjectNode metadata = tree.putObject("metadata");
        metadata.put("resourceVersion", revision.toString()).putNull("creationTimestamp");
        if (endOfInitial) {
            metadata.putObject("annotations").put(INITIAL_EVENTS_END, "true");
        }
        return line(EventType.BOOKMARK, shape.bookmark(type, ApiObject.of(tree)));
    }

    static byte[] error(Status status) {
        return line(EventType.ERROR, Json.write(status.toTree()));
    }

    private static byte[] line(EventType event, byte[] object) {
        byte[] start = STARTS.get(event);
        var line = new byte[start.length + object.length + END.length];
        System.arraycopy(start, 0, line, 0, start.length);
        System.arraycopy(object, 0, line, start.length, object.length);
        System.arraycopy(END, 0, line, start.length + object.length, END.length);
        return line;
    }
}
