package dev.muster.server.flags;

/** Quotes what a person wrote, so that control characters cannot forge lines of a log. */
public final class Quote {

    private static final int LONGEST = 200;

    private Quote() {}

    public static String go(String text) {
        var out = new StringBuilder("\"");
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append(String.format("\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append(text.length() > LONGEST ? "...\"" : "\"").toString();
    }
}
