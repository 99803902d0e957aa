package dev.muster.authz.rbac;

import java.util.List;
import java.util.stream.Collectors;

/** Texts as Go's {@code %q} prints them: clients compare Kubernetes' sentences. */
public final class GoQuote {

    private GoQuote() {}

    /** One text in double quotes, with what cannot be printed escaped. */
    public static String quote(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> append(out, c));
        return out.append('"').toString();
    }

    /** {@code ["a" "b"]}. */
    public static String quote(List<String> texts) {
        return texts.stream().map(GoQuote::quote).collect(Collectors.joining(" ", "[", "]"));
    }

    /** {@code "a", "b"}: the inside of a Go literal. */
    public static String commaSeparated(List<String> texts) {
        return texts.stream().map(GoQuote::quote).collect(Collectors.joining(", "));
    }

    private static void append(StringBuilder out, int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 0x07 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 0x0b -> out.append("\\v");
            default -> {
                if (isPrintable(c)) {
                    out.appendCodePoint(c);
                } else if (c < ' ' || c == 0x7f) {
                    out.append(String.format("\\x%02x", c));
                } else if (Character.isBmpCodePoint(c)) {
                    out.append(String.format("\\u%04x", Character.isSurrogate((char) c) ? 0xfffd : c));
                } else {
                    out.append(String.format("\\U%08x", c));
                }
            }
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
