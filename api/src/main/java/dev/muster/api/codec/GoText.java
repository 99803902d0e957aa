package dev.muster.api.codec;

/** Texts as Go prints them, so that our messages are those that clients know. */
final class GoText {

    private static final int LONGEST_QUOTED = 256;

    private GoText() {}

    /** As {@code strconv.Quote}, for what can appear in field paths; cut, since strangers choose it. */
    static String quote(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        int end = Math.min(text.length(), LONGEST_QUOTED);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        out.append(String.format("\\x%02x", (int) c));
                    } else if (Character.isSurrogate(c) || !Character.isDefined(c)) {
                        out.append('\uFFFD');
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append(end < text.length() ? "..." : "").append('"').toString();
    }

    /** One byte of input as Go's JSON scanner names it: {@code 'x'}. */
    static String character(int c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default -> c < ' ' || c == 0x7f ? String.format("'\\x%02x'", c) : "'" + (char) c + "'";
        };
    }
}
