package dev.muster.api.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strings with escapes or beyond ASCII. Bytes that are not UTF-8 are refused; an escaped half of a surrogate pair becomes U+FFFD,
 * as in Go.
 */
final class JsonStrings {

    private final byte[] data;
    private final StringBuilder out = new StringBuilder();
    private int from;
    private int at;

    /** For a string that begins at {@code start} and has its first escape at {@code escape}. */
    JsonStrings(byte[] data, int start, int escape) {
        this.data = data;
        this.from = start;
        this.at = escape;
    }

    /** Reads to the closing quote and returns the place behind it. */
    int readEscaped() {
        while (true) {
            int c = peek();
            if (c == '"') {
                flush();
                return at + 1;
            }
            if (c == '\\') {
                flush();
                at++;
                escape();
                from = at;
            } else if (c < ' ') {
                throw JsonReader.unexpected(c, "in string literal");
            } else {
                at++;
            }
        }
    }

    String text() {
        return out.toString();
    }

    private void flush() {
        out.append(utf8(data, from, at));
    }

    private void escape() {
        int c = peek();
        switch (c) {
            case '"', '\\', '/' -> out.append((char) c);
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> {
                unicode();
                return;
            }
            default -> throw JsonReader.unexpected(c, "in string escape code");
        }
        at++;
    }

    private void unicode() {
        char first = hex();
        if (Character.isHighSurrogate(first) && peek() == '\\' && at + 1 < data.length && data[at + 1] == 'u') {
            int before = at;
            at++;
            char second = hex();
            if (Character.isLowSurrogate(second)) {
                out.append(first).append(second);
                return;
            }
            at = before;
        }
        out.append(Character.isSurrogate(first) ? '\uFFFD' : first);
    }

    /** At the u; ends behind the four digits. */
    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            at++;
            int c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw JsonReader.unexpected(c, "in \\u hexadecimal character escape");
            }
            value = value << 4 | digit;
        }
        at++;
        return (char) value;
    }

    private int peek() {
        return at < data.length ? data[at] & 0xff : -1;
    }

    /** Strict: nothing overlong, no surrogates, nothing beyond Unicode. */
    static String utf8(byte[] data, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedBody("a string is not UTF-8");
        }
    }
}
