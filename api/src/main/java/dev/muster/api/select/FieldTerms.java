package dev.muster.api.select;

import dev.muster.api.select.FieldSelector.Requirement;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a field selector: terms parted by commas; backslash before backslash, comma, equals sign in values. */
final class FieldTerms {

    private FieldTerms() {}

    static List<Requirement> parse(String text) {
        return split(text).stream()
                .filter(term -> !term.isEmpty())
                .sorted()
                .map(term -> requirement(text, term))
                .toList();
    }

    private static List<String> split(String text) {
        var terms = new ArrayList<String>();
        int start = 0;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            if (escaped) {
                escaped = false;
            } else if (text.charAt(i) == '\\') {
                escaped = true;
            } else if (text.charAt(i) == ',') {
                terms.add(text.substring(start, i));
                start = i + 1;
            }
        }
        terms.add(text.substring(start));
        return terms;
    }

    private static Requirement requirement(String text, String term) {
        for (int i = 0; i < term.length(); i++) {
            if (term.startsWith("!=", i)) {
                return new Requirement(term.substring(0, i), false, unescape(term.substring(i + 2)));
            }
            if (term.charAt(i) == '=') {
                int length = term.startsWith("==", i) ? 2 : 1;
                return new Requirement(term.substring(0, i), true, unescape(term.substring(i + length)));
            }
        }
        throw new IllegalArgumentException("invalid selector: '" + text + "'; can't understand '" + term + "'");
    }

    private static String unescape(String value) {
        var out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    String sequence = value.substring(i - 1, i == value.length() ? i : value.offsetByCodePoints(i, 1));
                    throw new IllegalArgumentException("invalid field selector: invalid escape sequence: " + sequence);
                }
                out.append(value.charAt(i));
            } else if (c == ',' || c == '=') {
                // Kubernetes gives the character's number.
                throw new IllegalArgumentException("invalid field selector: unescaped character in value: " + (int) c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
    }
}
