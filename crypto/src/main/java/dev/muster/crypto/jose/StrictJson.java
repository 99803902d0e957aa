package dev.muster.crypto.jose;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON of tokens (RFC 8259), and refuses whatever two readers could understand in two ways: a key given twice, text that
 * is not UTF-8, half a surrogate pair, anything after the end. Objects become maps, arrays lists, whole numbers of 64 bits
 * {@code Long}, other numbers {@code Double}. What becomes of {@code null} and of larger whole numbers, the two ways of reading say.
 */
public final class StrictJson {

    /** Levels of nesting. */
    public static final int DEEPEST = 16;

    private static final int NUMBER = 40;

    private final String text;
    private final boolean whole;
    private int at;
    private int depth;

    private StrictJson(String text, boolean whole) {
        this.text = text;
        this.whole = whole;
    }

    /**
     * One object, with nothing after it but white space; a member that is {@code null} is left out, {@code null} in an array and
     * whole numbers of more than 64 bits are refused.
     */
    public static Map<String, Object> object(byte[] utf8) throws MalformedJws {
        return read(utf8, false);
    }

    /** The same of somebody else's making: {@code null} stays {@code null}, large whole numbers become {@code Double}. */
    public static Map<String, Object> whole(byte[] utf8) throws MalformedJws {
        return read(utf8, true);
    }

    private static Map<String, Object> read(byte[] utf8, boolean whole) throws MalformedJws {
        var json = new StrictJson(decoded(utf8), whole);
        json.space();
        json.need(json.peek() == '{', "JSON that is no object");
        var object = json.members();
        json.space();
        json.need(json.at == json.text.length(), "something after the JSON");
        return object;
    }

    /** Nearly all tokens are ASCII, of which the JDK makes text without looking twice. */
    private static String decoded(byte[] utf8) throws MalformedJws {
        boolean ascii = true;
        for (byte one : utf8) {
            ascii &= one >= 0;
        }
        if (ascii) {
            return new String(utf8, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJws("JSON that is not UTF-8");
        }
    }

    private Object value() throws MalformedJws {
        space();
        return switch (peek()) {
            case '{' -> members();
            case '[' -> items();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> members() throws MalformedJws {
        enter();
        var members = new LinkedHashMap<String, Object>();
        space();
        if (peek() == '}') {
            leave();
            return Map.of();
        }
        while (true) {
            space();
            need(peek() == '"', "a JSON key that is no string");
            String key = string();
            space();
            need(peek() == ':', "a JSON key without a value");
            at++;
            int before = members.size();
            members.put(key, value());
            need(members.size() > before, "a JSON key that stands twice");
            space();
            int c = peek();
            need(c == ',' || c == '}', "a JSON object that breaks off");
            if (c == '}') {
                leave();
                if (!whole) {
                    members.values().removeIf(java.util.Objects::isNull);
                }
                return Collections.unmodifiableMap(members);
            }
            at++;
        }
    }

    private List<Object> items() throws MalformedJws {
        enter();
        var items = new ArrayList<>();
        space();
        if (peek() == ']') {
            leave();
            return List.of();
        }
        while (true) {
            Object item = value();
            need(item != null || whole, "null in a JSON array");
            items.add(item);
            space();
            int c = peek();
            need(c == ',' || c == ']', "a JSON array that breaks off");
            if (c == ']') {
                leave();
                return Collections.unmodifiableList(items);
            }
            at++;
        }
    }

    private void enter() throws MalformedJws {
        need(++depth <= DEEPEST, "JSON nested too deeply");
        at++;
    }

    private void leave() {
        depth--;
        at++;
    }

    private Object word(String word, Object value) throws MalformedJws {
        need(text.startsWith(word, at), "JSON that cannot be read");
        at += word.length();
        return value;
    }

    private Object number() throws MalformedJws {
        int from = at;
        boolean integer = true;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            integer = false;
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            integer = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        need(at - from <= NUMBER, "a JSON number that is too long");
        String digits = text.substring(from, at);
        try {
            if (integer) {
                return Long.valueOf(digits);
            }
        } catch (NumberFormatException e) {
            need(whole, "a JSON number that is too large");
        }
        double value = Double.parseDouble(digits);
        need(Double.isFinite(value), "a JSON number that is too large");
        return value;
    }

    private void digits() throws MalformedJws {
        need(isDigit(peek()), "JSON that cannot be read");
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private String string() throws MalformedJws {
        int from = ++at;
        while (peek() >= ' ' && peek() != '"' && peek() != '\\') {
            at++;
        }
        if (peek() == '"') {
            return text.substring(from, at++);
        }
        var out = new StringBuilder(text.substring(from, at));
        while (true) {
            int c = peek();
            need(c >= ' ', "a JSON string that breaks off");
            at++;
            if (c == '"') {
                return wholeCharacters(out.toString());
            }
            out.append(c == '\\' ? escape() : (char) c);
        }
    }

    private char escape() throws MalformedJws {
        int c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++, at++) {
                    int digit = peek() < 0 || peek() > 'f' ? -1 : Character.digit(peek(), 16);
                    need(digit >= 0, "a JSON escape that cannot be read");
                    code = code << 4 | digit;
                }
                yield (char) code;
            }
            default -> throw new MalformedJws("a JSON escape that cannot be read");
        };
    }

    /** Half a pair would be encoded in different ways by different readers. */
    private String wholeCharacters(String value) throws MalformedJws {
        need(StandardCharsets.UTF_8.newEncoder().canEncode(value), "half a character in a JSON string");
        return value;
    }

    private void space() {
        for (int c = peek(); c == ' ' || c == '\t' || c == '\r' || c == '\n'; c = peek()) {
            at++;
        }
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private void need(boolean holds, String otherwise) throws MalformedJws {
        if (!holds) {
            throw new MalformedJws(otherwise);
        }
    }
}
