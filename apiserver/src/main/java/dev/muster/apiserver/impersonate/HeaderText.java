package dev.muster.apiserver.impersonate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Header values are bytes, which the server hands on as one character each; names in them are UTF-8. */
final class HeaderText {

    private HeaderText() {}

    /**
     * The text that the bytes are.
     *
     * @throws IllegalArgumentException if they are none: two different values must not become the same name
     */
    static String utf8(String value) {
        boolean ascii = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                throw new IllegalArgumentException("a control character");
            }
            ascii &= c < 0x80;
        }
        return ascii ? value : decoded(value);
    }

    private static String decoded(String value) {
        var bytes = new byte[value.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = value.charAt(i);
            if (c > 0xff) {
                throw new IllegalArgumentException("a character that is no byte");
            }
            bytes[i] = (byte) c;
        }
        return strict(ByteBuffer.wrap(bytes));
    }

    static String strict(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("bytes that are not UTF-8", e);
        }
    }
}
