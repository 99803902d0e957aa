package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.api.kinds.MessageType.Form;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Messages that JSON shows in a form of their own: their few fields are known here by number. */
final class ProtobufForms {

    private ProtobufForms() {}

    /** Null for what stands for nothing. */
    static JsonNode read(Wire wire, Form form, ProtobufReader budget) {
        return switch (form) {
            case TIME -> wire.more() ? TextNode.valueOf(Times.seconds(new Fields(wire).time())) : null;
            case MICRO_TIME -> wire.more() ? TextNode.valueOf(Times.micros(new Fields(wire).time())) : null;
            case DURATION -> TextNode.valueOf(Durations.format(new Fields(wire).integer(1)));
            case QUANTITY -> quantity(new Fields(wire).text(1));
            case INT_OR_STRING -> intOrString(new Fields(wire));
            case RAW -> raw(wire);
            case STRING_LIST -> strings(wire, budget);
            case OBJECT -> throw new IllegalArgumentException("an object has no form of its own");
        };
    }

    private static JsonNode quantity(String text) {
        return TextNode.valueOf(text.isEmpty() ? "0" : Quantities.canonical(text));
    }

    private static JsonNode intOrString(Fields fields) {
        return fields.integer(1) == 0 ? JsonReader.integer((int) fields.integer(2)) : TextNode.valueOf(fields.text(3));
    }

    /** JSON in a bytes field. */
    private static JsonNode raw(Wire wire) {
        byte[] json = {};
        while (wire.more()) {
            int tag = wire.tag();
            if (tag == (1 << 3 | Wire.BYTES)) {
                json = wire.bytes().rest();
            } else {
                wire.skip(tag & 7);
            }
        }
        return json.length == 0 ? null : Json.parse(json).value();
    }

    private static JsonNode strings(Wire wire, ProtobufReader budget) {
        var list = JsonNodeFactory.instance.arrayNode();
        while (wire.more()) {
            int tag = wire.tag();
            if (tag == (1 << 3 | Wire.BYTES)) {
                budget.count();
                list.add(wire.string());
            } else {
                wire.skip(tag & 7);
            }
        }
        return list;
    }

    /** The scalars of a small message. */
    private static final class Fields {

        private final Map<Integer, Long> integers = new HashMap<>();
        private final Map<Integer, String> texts = new HashMap<>();

        Fields(Wire wire) {
            while (wire.more()) {
                int tag = wire.tag();
                int number = tag >>> 3;
                if (number <= 3 && (tag & 7) == Wire.VARINT) {
                    integers.put(number, wire.varint());
                } else if (number <= 3 && (tag & 7) == Wire.BYTES) {
                    texts.put(number, wire.string());
                } else {
                    wire.skip(tag & 7);
                }
            }
        }

        long integer(int number) {
            return integers.getOrDefault(number, 0L);
        }

        String text(int number) {
            return texts.getOrDefault(number, "");
        }

        Instant time() {
            return Times.of(integer(1), (int) integer(2));
        }
    }
}
