package dev.muster.api.table;

/**
 * What a terminal may be shown. kubectl cuts a cell at its first line break and writes the escape character as {@code ^[};
 * older ones and other programs do neither for other controls, so they are written out here, in the same way.
 */
final class CellText {

    private CellText() {}

    static String clean(String text) {
        int at = 0;
        while (at < text.length() && !isControl(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        var out = new StringBuilder(text.length() + 8).append(text, 0, at);
        for (; at < text.length(); at++) {
            append(out, text.charAt(at));
        }
        return out.toString();
    }

    private static void append(StringBuilder out, char c) {
        if (!isControl(c)) {
            out.append(c);
        } else if (c == '\t') {
            out.append(' ');
        } else if (c < ' ') {
            out.append('^').append((char) (c + '@'));
        } else if (c == 0x7f) {
            out.append("^?");
        } else {
            out.append("\\u%04x".formatted((int) c));
        }
    }

    /** All but line breaks, which cut the cell; and what turns the direction of writing. */
    private static boolean isControl(char c) {
        if (c == '\n' || c == '\r' || c == '\f') {
            return false;
        }
        return c < ' ' || c >= 0x7f && c <= 0x9f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }
}
