package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.MessageType;
import dev.muster.api.kinds.MessageType.Field;
import dev.muster.api.kinds.MessageType.Form;
import dev.muster.api.kinds.MessageType.Scalar;
import dev.muster.api.kinds.MessageType.Trait;
import java.util.Base64;

/**
 * Reads a message's bytes into the tree that its JSON would give. Fields nobody knows are passed over, as protobuf wants it; of a
 * single value given twice the last counts, and messages given twice are merged.
 */
final class ProtobufReader {

    private final Kinds kinds;
    private int values;
    private int depth;

    ProtobufReader(Kinds kinds) {
        this.kinds = kinds;
    }

    void read(Wire wire, MessageType type, ObjectNode into) {
        if (++depth > Limits.DEPTH) {
            throw new MalformedBody("proto: exceeded max depth");
        }
        while (wire.more()) {
            int tag = wire.tag();
            var field = type.byNumber().get(tag >>> 3);
            if (field == null) {
                wire.skip(tag & 7);
            } else {
                field(wire, tag & 7, field, into);
            }
        }
        depth--;
    }

    private void field(Wire wire, int wireType, Field field, ObjectNode into) {
        count();
        if (field.is(Trait.INLINE)) {
            expect(wireType, Wire.BYTES, field);
            read(wire.bytes(), kinds.message(field.message()), into);
            return;
        }
        switch (field.shape()) {
            case SINGLE -> single(wire, wireType, field, into);
            case LIST -> list(wire, wireType, field, into.withArrayProperty(field.json()));
            case MAP -> {
                expect(wireType, Wire.BYTES, field);
                entry(wire.bytes(), field, into.withObjectProperty(field.json()));
            }
        }
    }

    private void single(Wire wire, int wireType, Field field, ObjectNode into) {
        var before = into.get(field.json());
        if (before instanceof ObjectNode message && field.isMessage() && objectForm(field)) {
            expect(wireType, Wire.BYTES, field);
            read(wire.bytes(), kinds.message(field.message()), message);
            return;
        }
        var value = value(wire, wireType, field);
        if (value == null || !field.is(Trait.KEEPS_ZERO) && isZero(value, field)) {
            into.remove(field.json());
        } else {
            into.set(field.json(), value);
        }
    }

    private boolean objectForm(Field field) {
        return kinds.message(field.message()).form() == Form.OBJECT;
    }

    private static boolean isZero(JsonNode value, Field field) {
        return switch (field.scalar()) {
            case STRING, BYTES -> value.textValue().isEmpty();
            case BOOL -> !value.booleanValue();
            case INT32, INT64, UINT32, UINT64, DOUBLE, FLOAT -> value.doubleValue() == 0;
            case MESSAGE -> false;
        };
    }

    private void list(Wire wire, int wireType, Field field, ArrayNode into) {
        if (wireType == Wire.BYTES && isPackable(field.scalar())) {
            var packed = wire.bytes();
            while (packed.more()) {
                count();
                into.add(number(packed, field));
            }
            return;
        }
        into.add(orEmpty(value(wire, wireType, field)));
    }

    private void entry(Wire wire, Field field, ObjectNode into) {
        var key = "";
        JsonNode value = null;
        while (wire.more()) {
            int tag = wire.tag();
            switch (tag >>> 3) {
                case 1 -> {
                    expect(tag & 7, Wire.BYTES, field);
                    key = wire.string();
                }
                case 2 -> value = value(wire, tag & 7, field);
                default -> wire.skip(tag & 7);
            }
        }
        into.set(key, value != null ? value : missing(field));
    }

    /** The value of a map's entry that does not say it. */
    private JsonNode missing(Field field) {
        return value(new Wire(new byte[1], 0, 1), field.isMessage() || isText(field) ? Wire.BYTES : Wire.VARINT, field);
    }

    private static boolean isText(Field field) {
        return field.scalar() == Scalar.STRING || field.scalar() == Scalar.BYTES;
    }

    private static JsonNode orEmpty(JsonNode value) {
        return value == null ? JsonNodeFactory.instance.nullNode() : value;
    }

    /** One value; null when it is a message that stands for nothing, such as the zero time. */
    private JsonNode value(Wire wire, int wireType, Field field) {
        return switch (field.scalar()) {
            case STRING -> {
                expect(wireType, Wire.BYTES, field);
                yield TextNode.valueOf(wire.string());
            }
            case BYTES -> {
                expect(wireType, Wire.BYTES, field);
                yield TextNode.valueOf(
                        Base64.getEncoder().encodeToString(wire.bytes().rest()));
            }
            case MESSAGE -> {
                expect(wireType, Wire.BYTES, field);
                yield message(wire.bytes(), kinds.message(field.message()));
            }
            case DOUBLE -> {
                expect(wireType, Wire.FIXED64, field);
                yield finite(Double.longBitsToDouble(wire.fixed64()));
            }
            case FLOAT -> {
                expect(wireType, Wire.FIXED32, field);
                yield finite(Float.intBitsToFloat(wire.fixed32()));
            }
            case BOOL, INT32, INT64, UINT32, UINT64 -> {
                expect(wireType, Wire.VARINT, field);
                yield number(wire, field);
            }
        };
    }

    private static JsonNode finite(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new MalformedBody("json: unsupported value: " + value);
        }
        return DoubleNode.valueOf(value);
    }

    private static JsonNode number(Wire wire, Field field) {
        long value = wire.varint();
        return switch (field.scalar()) {
            case BOOL -> BooleanNode.valueOf(value != 0);
            case INT32 -> JsonReader.integer((int) value);
            case UINT32 -> JsonReader.integer(value & 0xffff_ffffL);
            case UINT64 -> {
                if (value < 0) {
                    throw new MalformedBody("proto: integer overflow");
                }
                yield JsonReader.integer(value);
            }
            default -> JsonReader.integer(value);
        };
    }

    private JsonNode message(Wire wire, MessageType type) {
        if (type.form() != Form.OBJECT) {
            return ProtobufForms.read(wire, type.form(), this);
        }
        var object = JsonNodeFactory.instance.objectNode();
        read(wire, type, object);
        return object;
    }

    /** One more value of this body. */
    void count() {
        if (++values > Limits.VALUES) {
            throw Limits.tooMany();
        }
    }

    private static boolean isPackable(Scalar scalar) {
        return switch (scalar) {
            case BOOL, INT32, INT64, UINT32, UINT64 -> true;
            case STRING, BYTES, MESSAGE, DOUBLE, FLOAT -> false;
        };
    }

    private static void expect(int wireType, int wanted, Field field) {
        if (wireType != wanted) {
            throw new MalformedBody("proto: wrong wireType = " + wireType + " for field " + field.json());
        }
    }
}
