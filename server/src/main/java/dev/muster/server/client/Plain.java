package dev.muster.server.client;

/** Text from elsewhere on its way to a terminal. */
public final class Plain {

    private Plain() {}

    /** Without what moves the cursor, changes colours or turns the direction of writing. */
    public static String text(String text) {
        if (text == null) {
            return "";
        }
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isPlain(c) ? c : '?'));
        return out.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
