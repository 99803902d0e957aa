package dev.muster.server.whois;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be said of one credential.
 *
 * @param lines label and text
 * @param accepted whether the server would take it
 */
record Verdict(List<Line> lines, boolean accepted) {

    record Line(String label, String text) {}

    /** Collects lines. */
    static final class Writer {
        private final List<Line> lines = new ArrayList<>();

        Writer line(String label, String text) {
            lines.add(new Line(label, text));
            return this;
        }

        Verdict accepted(boolean accepted) {
            return new Verdict(List.copyOf(lines), accepted);
        }
    }

    /** Aligned for people; whatever is not printable in a name is shown escaped. */
    List<String> print() {
        return lines.stream()
                .map(line -> String.format("%-15s %s", line.label() + ":", printable(line.text())))
                .toList();
    }

    private static String printable(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
