package dev.muster.apiserver.request;

/** Text as Go prints it, for messages that must read the same. */
public final class GoText {

    private GoText() {}

    /** A quoted string as Go's {@code %q} writes it: control and other unprintable characters are escaped. */
    public static String quote(String text) {
        return appendQuoted(new StringBuilder(text.length() + 2), text).toString();
    }

    public static StringBuilder appendQuoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                if (c == '"' || c == '\\') {
                    out.append('\\');
                }
                out.append(c);
            } else {
                int point = text.codePointAt(i);
                appendSpecial(out, point);
                i += Character.charCount(point) - 1;
            }
        }
        return out.append('"');
    }

    private static void appendSpecial(StringBuilder out, int point) {
        switch (point) {
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            default -> {
                if (isPrintable(point)) {
                    out.appendCodePoint(point);
                } else if (point < ' ' || point == 0x7f) {
                    out.append("\\x").append(hex(point, 2));
                } else if (point < 0x10000) {
                    out.append("\\u").append(hex(point, 4));
                } else {
                    out.append("\\U").append(hex(point, 8));
                }
            }
        }
    }

    /** Letters, marks, numbers, punctuation and symbols; of the spaces only the ASCII one. */
    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> true;
            default -> false;
        };
    }

    private static String hex(int value, int digits) {
        var hex = Integer.toHexString(value);
        return "0".repeat(digits - hex.length()) + hex;
    }
}
