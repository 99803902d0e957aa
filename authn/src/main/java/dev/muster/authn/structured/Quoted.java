package dev.muster.authn.structured;

/** Texts of others, for messages: on one line, and not too long. */
final class Quoted {

    private static final int LONGEST = 300;

    private Quoted() {}

    /** As Go's {@code %q}. */
    static String go(String text) {
        var out = new StringBuilder("\"");
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        cut.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (unseen(c)) {
                        out.append(String.format(c < 0x80 ? "\\x%02x" : "\\u%04x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append(cut.length() < text.length() ? "...\"" : "\"").toString();
    }

    /** An expression in single quotes, its lines joined. */
    static String expression(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
        return "'" + cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?") + "'";
    }

    private static boolean unseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
