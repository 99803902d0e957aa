package dev.muster.crypto.jose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A token in compact form (RFC 7515 section 3.1), taken apart and not believed yet: exactly three parts, base64url without padding,
 * each in its one possible spelling.
 */
public final class CompactJws {

    /** No token is longer, in characters. */
    public static final int LONGEST = 64 << 10;

    private static final int LONGEST_HEADER = 4 << 10;
    private static final Base64.Decoder URL = Base64.getUrlDecoder();

    private final String text;
    private final int firstDot;
    private final int lastDot;
    private final byte[] payload;
    private final byte[] signature;

    private CompactJws(String text, int firstDot, int lastDot) throws MalformedJws {
        this.text = text;
        this.firstDot = firstDot;
        this.lastDot = lastDot;
        this.payload = decode(text.substring(firstDot + 1, lastDot));
        this.signature = decode(text.substring(lastDot + 1));
    }

    /**
     * What a header says.
     *
     * @param algorithm as it is written; nothing is promised by it
     * @param keyId which key is said to have signed
     * @param type what kind of thing it says it is ({@code typ}), as written
     */
    public record Header(String algorithm, Optional<String> keyId, Optional<String> type) {}

    /** Takes a token apart; the header is looked at later. */
    public static CompactJws parse(String token) throws MalformedJws {
        if (token.length() > LONGEST) {
            throw new MalformedJws("longer than " + LONGEST + " characters");
        }
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (first <= 0 || last == first || token.indexOf('.', first + 1) != last) {
            throw new MalformedJws("not three parts");
        }
        return new CompactJws(token, first, last);
    }

    /** The header, checked: an algorithm, perhaps a key id, no duplicate keys, no demands. */
    public Header header() throws MalformedJws {
        if (firstDot > LONGEST_HEADER) {
            throw new MalformedJws("a header longer than " + LONGEST_HEADER + " characters");
        }
        var header = StrictJson.object(decode(text.substring(0, firstDot)));
        if (header.containsKey("crit")) {
            throw new MalformedJws("a header with demands (crit), none of which is understood");
        }
        if (header.containsKey("b64")) {
            throw new MalformedJws("a header that changes how the payload is encoded (b64)");
        }
        if (!(header.get("alg") instanceof String algorithm)) {
            throw new MalformedJws("a header without an algorithm");
        }
        Object keyId = header.get("kid");
        if (keyId != null && !(keyId instanceof String)) {
            throw new MalformedJws("a key id that is no string");
        }
        Object type = header.get("typ");
        if (type != null && !(type instanceof String)) {
            throw new MalformedJws("a type that is no string");
        }
        return new Header(
                algorithm, Optional.ofNullable((String) keyId).filter(id -> !id.isEmpty()), Optional.ofNullable((String)
                        type));
    }

    /** The payload as a set of claims (RFC 7519). */
    public Map<String, Object> claims() throws MalformedJws {
        return StrictJson.object(payload);
    }

    /** The same of somebody else's making: see {@link StrictJson#whole}. */
    public Map<String, Object> wholeClaims() throws MalformedJws {
        return StrictJson.whole(payload);
    }

    public byte[] payload() {
        return payload.clone();
    }

    byte[] signature() {
        return signature;
    }

    /** What the signature is over. */
    byte[] signed() {
        return text.substring(0, lastDot).getBytes(StandardCharsets.US_ASCII);
    }

    /** The JDK ignores left-over bits, and takes what is padded: one spelling is enough. */
    static byte[] decode(String part) throws MalformedJws {
        int length = part.length();
        if (length % 4 == 1 || part.indexOf('=') >= 0) {
            throw new MalformedJws("a part that is not base64url without padding");
        }
        try {
            byte[] bytes = URL.decode(part);
            if (length % 4 != 0 && leftOver(part.charAt(length - 1), length % 4 == 2 ? 0x0f : 0x03)) {
                throw new MalformedJws("a part with left-over bits");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new MalformedJws("a part that is not base64url without padding");
        }
    }

    private static boolean leftOver(char last, int mask) {
        return ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(last) & mask) != 0;
    }

    @Override
    public String toString() {
        return "CompactJws";
    }
}
