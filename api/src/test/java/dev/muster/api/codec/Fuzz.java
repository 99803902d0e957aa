package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.MessageType;
import dev.muster.api.kinds.MessageType.Field;
import dev.muster.api.kinds.MessageType.Form;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** Makes inputs: trees, objects of a schema, spoiled bytes. The same seed makes the same ones. */
final class Fuzz {

    private static final String[] TEXTS = {
        "", "a", "name", "true", "no", "1", "0x1f", "1e3", "-", "~", "null", "2020-01-01", "a: b", "# c", "- x",
                " pad ", "é", "\u2028",
        "\uD83D\uDE00", "\u0000", "\n", "tab\there", "\"", "\\", "{}", "[]", "&a", "*a", "!x", "%", "@", "`", "'", "<<",
                "=", "a\u0085b"
    };

    private final Random random;

    Fuzz(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String text() {
        var text = TEXTS[below(TEXTS.length)];
        return below(4) == 0 ? text + TEXTS[below(TEXTS.length)] : text;
    }

    /** Any JSON. */
    JsonNode tree(int depth) {
        return switch (below(depth > 0 ? 9 : 6)) {
            case 0 -> TextNode.valueOf(text());
            case 1 -> JsonReader.integer(random.nextInt());
            case 2 -> JsonReader.integer(random.nextLong());
            case 3 -> BooleanNode.valueOf(random.nextBoolean());
            case 4 -> NullNode.instance;
            case 5 -> DoubleNode.valueOf(random.nextGaussian() * Math.pow(10, below(40) - 20));
            case 6 -> {
                var array = JsonNodeFactory.instance.arrayNode();
                for (int i = below(4); i > 0; i--) {
                    array.add(tree(depth - 1));
                }
                yield array;
            }
            default -> object(depth - 1);
        };
    }

    ObjectNode object(int depth) {
        var object = JsonNodeFactory.instance.objectNode();
        for (int i = below(5); i > 0; i--) {
            object.set(text(), tree(depth));
        }
        return object;
    }

    /** Spoils a few bytes. */
    byte[] mutate(byte[] bytes) {
        byte[] out = bytes.clone();
        for (int i = below(4); i >= 0 && out.length > 0; i--) {
            int at = below(out.length);
            switch (below(5)) {
                case 0 -> out[at] = (byte) random.nextInt();
                case 1 -> out[at] = (byte) "{}[]\",:\\0-e.\u007f tn".charAt(below(16));
                case 2 -> out = Arrays.copyOf(out, at);
                case 3 -> out[at] ^= (byte) (1 << below(8));
                default -> {
                    byte[] twice = Arrays.copyOf(out, out.length + 1);
                    System.arraycopy(out, at, twice, at + 1, out.length - at);
                    out = twice;
                }
            }
        }
        return out;
    }

    /** Puts a few values where they do not belong. */
    void spoil(ObjectNode tree) {
        for (int i = below(3); i >= 0; i--) {
            JsonNode at = tree;
            while (at.isContainerNode() && !at.isEmpty() && below(5) > 0) {
                var child = at.isObject()
                        ? at.properties().stream()
                                .skip(below(at.size()))
                                .findFirst()
                                .orElseThrow()
                                .getValue()
                        : at.get(below(at.size()));
                if (!child.isContainerNode()) {
                    break;
                }
                at = child;
            }
            switch (at) {
                case ArrayNode array when !array.isEmpty() -> array.set(below(array.size()), tree(2));
                case ArrayNode array -> array.add(tree(1));
                case ObjectNode object
                when !object.isEmpty() -> object.set(object.fieldNames().next(), tree(2));
                default -> tree.set(text(), tree(1));
            }
        }
    }

    byte[] bytes(int most) {
        byte[] out = new byte[below(most)];
        random.nextBytes(out);
        return out;
    }

    /** An object in canonical form, with some of its fields. */
    ObjectNode of(Kinds kinds, MessageType type, int depth) {
        var object = JsonNodeFactory.instance.objectNode();
        for (Field field : type.byName().values()) {
            if (field.number() > 0 && below(3) == 0 && (depth > 0 || !field.isMessage())) {
                set(object, kinds, field, depth - 1);
            }
        }
        return object;
    }

    private void set(ObjectNode object, Kinds kinds, Field field, int depth) {
        switch (field.shape()) {
            case SINGLE -> object.set(field.json(), one(kinds, field, depth));
            case LIST -> {
                var list = object.putArray(field.json());
                for (int i = below(3); i >= 0; i--) {
                    list.add(one(kinds, field, depth));
                }
            }
            case MAP -> {
                var map = object.putObject(field.json());
                for (int i = below(3); i >= 0; i--) {
                    map.set("k" + below(100), one(kinds, field, depth));
                }
            }
        }
    }

    private JsonNode one(Kinds kinds, Field field, int depth) {
        return switch (field.scalar()) {
            case STRING -> TextNode.valueOf("x" + text().replace("\u0000", ""));
            case BOOL -> BooleanNode.TRUE;
            case INT32 -> JsonReader.integer(random.nextInt() | 1);
            case INT64 -> JsonReader.integer(random.nextLong() | 1);
            case BYTES -> TextNode.valueOf(Base64.getEncoder().encodeToString(new byte[] {1, (byte) below(256)}));
            case MESSAGE -> message(kinds, kinds.message(field.message()), depth);
            default -> throw new IllegalStateException(field.toString());
        };
    }

    private JsonNode message(Kinds kinds, MessageType type, int depth) {
        if (type.form() == Form.OBJECT) {
            return of(kinds, type, depth);
        }
        var time = Instant.ofEpochSecond(below(2_000_000_000), below(1_000_000) * 1000L);
        return switch (type.form()) {
            case TIME -> TextNode.valueOf(Times.seconds(time));
            case MICRO_TIME -> TextNode.valueOf(Times.micros(time));
            case QUANTITY -> TextNode.valueOf(new String[] {"500m", "1Gi", "2", "1536Mi", "0"}[below(5)]);
            case INT_OR_STRING -> random.nextBoolean() ? JsonReader.integer(below(70_000)) : TextNode.valueOf("http");
            case RAW -> JsonNodeFactory.instance.objectNode().put("f:a", text());
            case STRING_LIST -> JsonNodeFactory.instance.arrayNode().add("a").add(text());
            default -> TextNode.valueOf("1h0m0s");
        };
    }
}
