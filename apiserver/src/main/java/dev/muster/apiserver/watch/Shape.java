package dev.muster.apiserver.watch;

import dev.muster.api.codec.Json;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.table.Tables;
import dev.muster.api.table.Tables.Include;
import dev.muster.apiserver.table.ObjectForms;
import dev.muster.core.store.Cache.Slot;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How a watch shows objects. */
sealed interface Shape {

    /** The JSON of one object. */
    byte[] bytes(ResourceType type, ApiObject object);

    /** Where a change keeps its line in this shape. */
    Slot<byte[]> slot(EventType event);

    /** The JSON of the first object shown. */
    default byte[] first(ResourceType type, ApiObject object) {
        return bytes(type, object);
    }

    default boolean hasSpecialFirst() {
        return false;
    }

    default byte[] bookmark(ResourceType type, ApiObject mark) {
        return bytes(type, mark);
    }

    /** Slots of one shape, told apart by identity. */
    final class Slots {
        private final Map<EventType, Slot<byte[]>> byEvent = new EnumMap<>(EventType.class);

        Slots() {
            for (EventType event : EventType.values()) {
                byEvent.put(event, new Slot<>());
            }
        }

        Slot<byte[]> of(EventType event) {
            return byEvent.get(event);
        }
    }

    /** As they are. */
    record Whole() implements Shape {
        private static final Slots SLOTS = new Slots();

        @Override
        public byte[] bytes(ResourceType type, ApiObject object) {
            return object.json();
        }

        @Override
        public Slot<byte[]> slot(EventType event) {
            return SLOTS.of(event);
        }
    }

    /** Their metadata. */
    record Metadata(String version) implements Shape {
        private static final Map<String, Slots> SLOTS = Map.of("v1", new Slots(), "v1beta1", new Slots());

        @Override
        public byte[] bytes(ResourceType type, ApiObject object) {
            return Json.write(ObjectForms.partial(object, version));
        }

        @Override
        public Slot<byte[]> slot(EventType event) {
            return SLOTS.get(version).of(event);
        }
    }

    /** A table of one row each; the first says what the columns are. */
    record Table(Tables tables, Include include, String version) implements Shape {
        private static final Map<String, Map<Include, Slots>> SLOTS = Map.of("v1", slots(), "v1beta1", slots());

        private static Map<Include, Slots> slots() {
            var all = new EnumMap<Include, Slots>(Include.class);
            for (Include include : Include.values()) {
                all.put(include, new Slots());
            }
            return all;
        }

        @Override
        public byte[] bytes(ResourceType type, ApiObject object) {
            return table(type, object, include, false);
        }

        @Override
        public byte[] first(ResourceType type, ApiObject object) {
            return table(type, object, include, true);
        }

        @Override
        public boolean hasSpecialFirst() {
            return true;
        }

        /** Metadata is shown whatever rows include: it is all that a bookmark has to say. */
        @Override
        public byte[] bookmark(ResourceType type, ApiObject mark) {
            return table(type, mark, include == Include.NONE ? Include.METADATA : include, false);
        }

        private byte[] table(ResourceType type, ApiObject object, Include rows, boolean headers) {
            var tree = tables.table(type, List.of(object), rows, version, headers);
            tree.withObjectProperty("metadata").put("resourceVersion", object.resourceVersion());
            return Json.write(tree);
        }

        @Override
        public Slot<byte[]> slot(EventType event) {
            return SLOTS.get(version).get(include).of(event);
        }
    }
}
