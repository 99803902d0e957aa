package dev.muster.authn.requestheader;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What the bytes of a header say. They come as characters of Latin-1, one for each byte (RFC 9110 section 5.5), and mean UTF-8. */
final class HeaderText {

    private HeaderText() {}

    /** A name: as {@link #of}, and without white space around it, which one version of HTTP would have taken off. */
    static String whole(String header, String value) throws MalformedAssertion {
        String text = of(header, value);
        if (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1))) {
            throw new MalformedAssertion("header " + shown(header) + " has white space around its value");
        }
        return text;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** A value, which may be empty. */
    static String of(String header, String value) throws MalformedAssertion {
        String text = isAscii(value) ? value : utf8(header, value);
        if (hasControls(text)) {
            throw new MalformedAssertion("header " + shown(header) + " has control characters in its value");
        }
        return text;
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String utf8(String header, String value) throws MalformedAssertion {
        var bytes = ByteBuffer.allocate(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0xff) {
                throw new MalformedAssertion("header " + shown(header) + " has a value that is not made of bytes");
            }
            bytes.put((byte) c);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException _) {
            throw new MalformedAssertion("header " + shown(header) + " has a value that is no UTF-8");
        }
    }

    /**
     * The key of an extra field: percent-encoding undone, as in a path, so that plus is plus. Where that is malformed, or says what
     * no key can (control characters, bytes that are no UTF-8), the key is what was sent.
     *
     * @param key in lower case
     */
    static String unescaped(String key) {
        if (key.indexOf('%') < 0) {
            return key;
        }
        var bytes = ByteBuffer.allocate(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '%') {
                int high = i + 2 < key.length() ? digit(key.charAt(i + 1)) : -1;
                int low = i + 2 < key.length() ? digit(key.charAt(i + 2)) : -1;
                if (high < 0 || low < 0) {
                    return key;
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c > 0x7f) {
                return key;
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            return hasControls(text) ? key : text;
        } catch (CharacterCodingException _) {
            return key;
        }
    }

    /** A hexadecimal digit of ASCII; {@link Character#digit} knows those of other scripts too. */
    private static int digit(char c) {
        return c > 0x7f ? -1 : Character.digit(c, 16);
    }

    /** The name of a header, for a log. */
    private static String shown(String header) {
        return header.length() <= 64 ? header : header.substring(0, 64) + "...";
    }
}
