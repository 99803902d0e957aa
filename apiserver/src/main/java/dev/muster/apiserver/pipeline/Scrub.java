package dev.muster.apiserver.pipeline;

import java.util.regex.Pattern;

/** Masks what looks like a credential: a long run of the characters tokens are made of, plain hexadecimal excepted. */
final class Scrub {

    private static final int LONGEST = 512;
    private static final int TOKEN = 32;

    /** Such as {@code .claimMappings.groups.expression}; no random text of that length looks like it. */
    private static final Pattern FIELD_PATH =
            Pattern.compile("\\.?[a-z]{2,15}(?:[A-Z][a-z]{2,15}){0,4}(?:\\.[a-z]{2,15}(?:[A-Z][a-z]{2,15}){0,4}){1,8}");

    private Scrub() {}

    static String text(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        var out = new StringBuilder(cut.length());
        int at = 0;
        while (at < cut.length()) {
            int end = at;
            boolean hex = true;
            while (end < cut.length() && isTokenCharacter(cut.charAt(end))) {
                hex &= Character.digit(cut.charAt(end), 16) >= 0;
                end++;
            }
            if (end - at >= TOKEN && !hex && !isDotted(cut, at, end) && !isFieldPath(cut, at, end)) {
                out.append("[scrubbed]");
            } else {
                out.append(cut, at, end);
            }
            if (end < cut.length()) {
                char c = cut.charAt(end++);
                out.append(Character.isISOControl(c) ? ' ' : c);
            }
            at = end;
        }
        return out.toString();
    }

    private static boolean isTokenCharacter(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '+'
                || c == '~'
                || c == '=';
    }

    /** Names such as {@code rolebindings.rbac.authorization.k8s.io}: short words between dots and dashes, in lower case. */
    private static boolean isDotted(String text, int from, int to) {
        int word = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return false;
            }
            word = c == '.' || c == '-' || c == '_' ? 0 : word + 1;
            if (word > 24) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFieldPath(String text, int from, int to) {
        return FIELD_PATH.matcher(text).region(from, to).matches();
    }
}
