package dev.muster.apiserver.request;

import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Undoes the percent-encoding of a path (RFC 3986 section 2.1) exactly once, as Go's {@code url.URL.Path} does, and refuses
 * what two readers could take for different paths: an encoded slash, control characters, bytes that are not UTF-8.
 */
final class PathText {

    private PathText() {}

    /**
     * The decoded path; the same object when there was nothing to decode.
     *
     * @throws StatusException 400 when the path is not well-formed
     */
    static String decode(String raw) {
        boolean encoded = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw malformed("a character that must be percent-encoded");
            }
            encoded |= c == '%';
        }
        return encoded ? decodeEscapes(raw) : raw;
    }

    private static String decodeEscapes(String raw) {
        var bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            int high = i + 2 < raw.length() ? digit(raw.charAt(i + 1)) : -1;
            int low = i + 2 < raw.length() ? digit(raw.charAt(i + 2)) : -1;
            if (high < 0 || low < 0) {
                throw malformed("an incomplete percent-encoding");
            }
            int octet = high << 4 | low;
            if (octet == '/') {
                throw malformed("an encoded slash");
            }
            if (octet < ' ' || octet == 0x7f) {
                throw malformed("a control character");
            }
            bytes.put((byte) octet);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw malformed("bytes that are not UTF-8");
        }
    }

    /** ASCII only: Character.digit would take other scripts' digits too. */
    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    static StatusException malformed(String what) {
        return new StatusException(RequestStatuses.badRequest("the request path is malformed: it has " + what));
    }
}
