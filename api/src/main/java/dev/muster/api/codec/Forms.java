package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.api.kinds.MessageType;

/**
 * Checks values of messages that have a form of their own in JSON, and brings them into the form Kubernetes shows.
 *
 * @param at the field that holds the value
 */
record Forms(Scalars at) {

    JsonNode check(JsonNode value, MessageType schema) {
        return switch (schema.form()) {
            case TIME -> TextNode.valueOf(Times.seconds(Times.parse(text(value))));
            case MICRO_TIME -> TextNode.valueOf(Times.micros(Times.parse(text(value))));
            case DURATION -> TextNode.valueOf(Durations.format(Durations.parse(text(value))));
            case QUANTITY -> quantity(value);
            case INT_OR_STRING -> intOrString(value);
            case STRING_LIST -> strings(value, schema);
            case RAW -> value;
            case OBJECT -> throw new IllegalArgumentException("no form: " + schema.name());
        };
    }

    private String text(JsonNode value) {
        if (!value.isTextual()) {
            throw at.wrongType(FieldCheck.jsonType(value), "string");
        }
        return value.textValue();
    }

    private JsonNode quantity(JsonNode value) {
        if (!value.isTextual() && !value.isNumber()) {
            throw at.wrongType(FieldCheck.jsonType(value), "resource.Quantity");
        }
        return TextNode.valueOf(Quantities.canonical(value.asText()));
    }

    private JsonNode intOrString(JsonNode value) {
        if (value.isTextual()) {
            return value;
        }
        if (!value.isNumber()) {
            throw at.wrongType(FieldCheck.jsonType(value), "intstr.IntOrString");
        }
        if (!value.isInt()) {
            throw at.wrongType("number " + value.asText(), "int32");
        }
        return value;
    }

    private JsonNode strings(JsonNode value, MessageType schema) {
        if (!(value instanceof ArrayNode array)) {
            throw at.wrongType(FieldCheck.jsonType(value), Scalars.goType(schema.name()));
        }
        for (int i = 0; i < array.size(); i++) {
            var item = array.get(i);
            if (item.isNull()) {
                array.set(i, TextNode.valueOf(""));
            } else if (!item.isTextual()) {
                throw at.wrongType(FieldCheck.jsonType(item), "string");
            }
        }
        return array;
    }
}
