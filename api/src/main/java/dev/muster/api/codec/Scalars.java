package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.api.kinds.MessageType;
import dev.muster.api.kinds.MessageType.Field;
import dev.muster.api.kinds.MessageType.Form;
import java.util.Base64;

/**
 * Checks scalar values of a message's fields, in the words of Go's JSON decoder.
 *
 * @param owner the message whose field is being read
 * @param path where that field is
 */
record Scalars(MessageType owner, Path path) {

    JsonNode check(JsonNode value, Field field) {
        return switch (field.scalar()) {
            case STRING -> expect(value.isTextual(), value, field);
            case BOOL -> expect(value.isBoolean(), value, field);
            case INT32 -> integer(value, field, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT32 -> integer(value, field, 0, 0xffff_ffffL);
            case INT64 -> integer(value, field, Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT64 -> integer(value, field, 0, Long.MAX_VALUE);
            case DOUBLE, FLOAT -> expect(value.isNumber(), value, field);
            case BYTES -> base64(value, field);
            case MESSAGE -> throw new IllegalArgumentException("no scalar: " + field.json());
        };
    }

    private JsonNode expect(boolean fine, JsonNode value, Field field) {
        if (!fine) {
            throw wrongType(FieldCheck.jsonType(value), goType(field));
        }
        return value;
    }

    private JsonNode integer(JsonNode value, Field field, long least, long most) {
        expect(value.isNumber(), value, field);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw wrongType("number " + value.asText(), goType(field));
        }
        return value;
    }

    private JsonNode base64(JsonNode value, Field field) {
        if (!value.isTextual()) {
            throw wrongType(FieldCheck.jsonType(value), "[]uint8");
        }
        return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes(value.textValue())));
    }

    /**
     * RFC 4648 base64 as Go reads it: line ends are skipped, padding is required.
     *
     * @throws MalformedBody in Go's words
     */
    static byte[] bytes(String text) {
        var clean = text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace("\n", "").replace("\r", "");
        if (clean.length() % 4 != 0) {
            throw new MalformedBody("illegal base64 data at input byte " + clean.length() / 4 * 4);
        }
        try {
            return Base64.getDecoder().decode(clean);
        } catch (IllegalArgumentException e) {
            throw new MalformedBody("illegal base64 data at input byte " + firstIllegal(clean));
        }
    }

    private static int firstIllegal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || !(Character.isLetterOrDigit(c) || c == '+' || c == '/')) {
                return i;
            }
        }
        return text.length();
    }

    /** What a null in a list or a map stands for. */
    JsonNode zero(Field field, Form form) {
        return switch (field.scalar()) {
            case STRING, BYTES -> TextNode.valueOf("");
            case BOOL -> BooleanNode.FALSE;
            case INT32, INT64, UINT32, UINT64 -> IntNode.valueOf(0);
            case DOUBLE, FLOAT -> DoubleNode.valueOf(0);
            case MESSAGE ->
                switch (form) {
                    case QUANTITY -> TextNode.valueOf("0");
                    case INT_OR_STRING -> IntNode.valueOf(0);
                    case STRING_LIST -> JsonNodeFactory.instance.arrayNode();
                    case OBJECT, RAW -> JsonNodeFactory.instance.objectNode();
                    case TIME, MICRO_TIME, DURATION -> throw wrongType("null", goType(field));
                };
        };
    }

    /** One value's type, as Go writes it. */
    String goType(Field field) {
        return switch (field.scalar()) {
            case STRING -> "string";
            case BOOL -> "bool";
            case INT32 -> "int32";
            case INT64 -> "int64";
            case UINT32 -> "uint32";
            case UINT64 -> "uint64";
            case DOUBLE -> "float64";
            case FLOAT -> "float32";
            case BYTES -> "[]uint8";
            case MESSAGE -> goType(field.message());
        };
    }

    /** {@code v1.PodSpec} of {@code k8s.io.api.core.v1.PodSpec}. */
    static String goType(String message) {
        int last = message.lastIndexOf('.');
        return message.substring(message.lastIndexOf('.', last - 1) + 1);
    }

    MalformedBody wrongType(String found, String wanted) {
        var name = owner.name().substring(owner.name().lastIndexOf('.') + 1);
        return new MalformedBody("json: cannot unmarshal " + found + " into Go struct field " + name + "."
                + path.fields() + " of type " + wanted);
    }
}
