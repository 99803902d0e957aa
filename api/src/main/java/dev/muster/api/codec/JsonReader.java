package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;

/**
 * Reads RFC 8259 JSON into a tree, with the messages of Go's scanner and with its numbers: what fits 64 bits is an integer,
 * everything else a double. Of a key given twice the last value counts, and it is reported.
 */
final class JsonReader {

    private final byte[] data;
    private final Problems problems;
    private final Path path = new Path();
    private int at;
    private int depth;
    private int values;

    JsonReader(byte[] data, Problems problems) {
        this.data = data;
        this.problems = problems;
    }

    /** The one value of this body. */
    JsonNode read() {
        var value = value();
        if (skipSpace() >= 0) {
            throw unexpected("after top-level value");
        }
        return value;
    }

    private JsonNode value() {
        if (++values > Limits.VALUES) {
            throw Limits.tooMany();
        }
        int c = skipSpace();
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> TextNode.valueOf(string());
            case 't' -> literal("true", BooleanNode.TRUE);
            case 'f' -> literal("false", BooleanNode.FALSE);
            case 'n' -> literal("null", NullNode.instance);
            default -> {
                if (c == '-' || isDigit(c)) {
                    yield number();
                }
                throw unexpected("looking for beginning of value");
            }
        };
    }

    private ObjectNode object() {
        enter();
        var object = JsonNodeFactory.instance.objectNode();
        if (skipSpace() == '}') {
            leave();
            return object;
        }
        while (true) {
            if (skipSpace() != '"') {
                throw unexpected("looking for beginning of object key string");
            }
            var key = string();
            if (skipSpace() != ':') {
                throw unexpected("after object key");
            }
            at++;
            if (object.has(key)) {
                problems.duplicate(path, key);
            }
            path.enter(key);
            object.set(key, value());
            path.leave();
            int c = skipSpace();
            if (c == '}') {
                leave();
                return object;
            }
            if (c != ',') {
                throw unexpected("after object key:value pair");
            }
            at++;
        }
    }

    private ArrayNode array() {
        enter();
        var array = JsonNodeFactory.instance.arrayNode();
        if (skipSpace() == ']') {
            leave();
            return array;
        }
        while (true) {
            path.enter(array.size());
            array.add(value());
            path.leave();
            int c = skipSpace();
            if (c == ']') {
                leave();
                return array;
            }
            if (c != ',') {
                throw unexpected("after array element");
            }
            at++;
        }
    }

    private void enter() {
        if (++depth > Limits.DEPTH) {
            throw unexpected("exceeded max depth");
        }
        at++;
    }

    private void leave() {
        depth--;
        at++;
    }

    private JsonNode literal(String word, JsonNode value) {
        for (int i = 1; i < word.length(); i++) {
            at++;
            if (peek() != word.charAt(i)) {
                throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
        at++;
        return value;
    }

    private JsonNode number() {
        int start = at;
        boolean integer = true;
        if (peek() == '-') {
            at++;
            if (!isDigit(peek())) {
                throw unexpected("in numeric literal");
            }
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            integer = false;
            at++;
            if (!isDigit(peek())) {
                throw unexpected("after decimal point in numeric literal");
            }
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            integer = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            if (!isDigit(peek())) {
                throw unexpected("in exponent of numeric literal");
            }
            digits();
        }
        if (at - start > Limits.NUMBER) {
            throw new MalformedBody("a number of more than " + Limits.NUMBER + " characters");
        }
        return number(new String(data, start, at - start, StandardCharsets.ISO_8859_1), integer);
    }

    private static JsonNode number(String text, boolean integer) {
        if (integer && text.length() <= 20) {
            try {
                return integer(Long.parseLong(text));
            } catch (NumberFormatException e) {
                // Does not fit 64 bits: a double, as in Kubernetes.
            }
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new MalformedBody("json: cannot unmarshal number " + text + " into Go value of type float64");
        }
        return DoubleNode.valueOf(value);
    }

    /** The one form an integer has in our trees, so that trees from all codecs can be compared. */
    static JsonNode integer(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    private void digits() {
        while (isDigit(peek())) {
            at++;
        }
    }

    private String string() {
        int start = ++at;
        boolean ascii = true;
        while (true) {
            int c = peek();
            if (c == '"') {
                return ascii
                        ? new String(data, start, at++ - start, StandardCharsets.ISO_8859_1)
                        : JsonStrings.utf8(data, start, at++);
            }
            if (c == '\\') {
                break;
            }
            if (c < ' ') {
                throw unexpected("in string literal");
            }
            ascii &= c < 0x80;
            at++;
        }
        var strings = new JsonStrings(data, start, at);
        at = strings.readEscaped();
        return strings.text();
    }

    /** The next byte that is not white space, without taking it; -1 at the end. */
    private int skipSpace() {
        while (at < data.length) {
            int c = data[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c & 0xff;
            }
            at++;
        }
        return -1;
    }

    private int peek() {
        return at < data.length ? data[at] & 0xff : -1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private MalformedBody unexpected(String where) {
        return unexpected(peek(), where);
    }

    static MalformedBody unexpected(int c, String where) {
        return c < 0
                ? new MalformedBody("unexpected end of JSON input")
                : new MalformedBody("invalid character " + GoText.character(c) + " " + where);
    }
}
