package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.MessageType;
import dev.muster.api.kinds.MessageType.Field;
import dev.muster.api.kinds.MessageType.Form;
import dev.muster.api.kinds.MessageType.Trait;
import java.time.Instant;

/** Writes a tree that has passed {@link FieldCheck} as its message. */
final class ProtobufWriter {

    private final Kinds kinds;

    ProtobufWriter(Kinds kinds) {
        this.kinds = kinds;
    }

    byte[] write(ObjectNode tree, MessageType type) {
        var out = new WireOut();
        for (Field field : type.byNumber().values()) {
            if (field.is(Trait.INLINE)) {
                byte[] inner = write(tree, kinds.message(field.message()));
                if (inner.length > 0) {
                    out.bytes(field.number(), inner);
                }
                continue;
            }
            var value = tree.get(field.json());
            if (value != null && !value.isNull()) {
                field(out, field, value);
            }
        }
        return out.toBytes();
    }

    private void field(WireOut out, Field field, JsonNode value) {
        switch (field.shape()) {
            case SINGLE -> one(out, field.number(), field, value);
            case LIST -> value.forEach(item -> one(out, field.number(), field, item));
            case MAP ->
                value.properties().forEach(entry -> {
                    var pair = new WireOut();
                    pair.string(1, entry.getKey());
                    one(pair, 2, field, entry.getValue());
                    out.bytes(field.number(), pair.toBytes());
                });
        }
    }

    private void one(WireOut out, int number, Field field, JsonNode value) {
        switch (field.scalar()) {
            case STRING -> out.string(number, value.asText());
            case BYTES -> out.bytes(number, Scalars.bytes(value.asText()));
            case BOOL -> out.varint(number, value.booleanValue() ? 1 : 0);
            case INT32, INT64, UINT32, UINT64 -> out.varint(number, value.longValue());
            case DOUBLE -> out.fixed64(number, Double.doubleToLongBits(value.doubleValue()));
            case FLOAT -> out.fixed32(number, Float.floatToIntBits(value.floatValue()));
            case MESSAGE -> out.bytes(number, message(kinds.message(field.message()), value));
        }
    }

    private byte[] message(MessageType type, JsonNode value) {
        return type.form() == Form.OBJECT ? write((ObjectNode) value, type) : form(type.form(), value);
    }

    private static byte[] form(Form form, JsonNode value) {
        var out = new WireOut();
        switch (form) {
            case TIME, MICRO_TIME -> time(out, value);
            case DURATION -> out.varint(1, Durations.parse(value.asText()));
            case QUANTITY -> out.string(1, value.asText());
            case INT_OR_STRING -> {
                out.varint(1, value.isTextual() ? 1 : 0);
                out.varint(2, value.isTextual() ? 0 : value.intValue());
                out.string(3, value.isTextual() ? value.textValue() : "");
            }
            case RAW -> {
                if (!value.isNull()) {
                    out.bytes(1, Json.write(value));
                }
            }
            case STRING_LIST -> value.forEach(item -> out.string(1, item.asText()));
            case OBJECT -> throw new IllegalArgumentException("an object has no form of its own");
        }
        return out.toBytes();
    }

    private static void time(WireOut out, JsonNode value) {
        if (!value.isNull()) {
            Instant time = Times.parse(value.asText());
            out.varint(1, time.getEpochSecond());
            out.varint(2, time.getNano());
        }
    }
}
