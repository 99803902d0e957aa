package dev.muster.http.server;

import java.util.Optional;

/**
 * What is asked for, as sent.
 *
 * @param path undecoded
 * @param query undecoded, without the question mark
 */
record RequestTarget(String path, String query) {

    /**
     * Splits a request target (RFC 9112 section 3.2); of the absolute form the authority is dropped. Empty when Go's
     * {@code url.ParseRequestURI} would refuse it: no leading slash, a control character or blank, a broken percent escape.
     */
    static Optional<RequestTarget> parse(String target) {
        if (target == null || target.isEmpty()) {
            return Optional.empty();
        }
        int start = target.charAt(0) == '/' ? 0 : afterAuthority(target);
        if (start < 0) {
            return target.equals("*") ? Optional.of(new RequestTarget("*", "")) : Optional.empty();
        }
        int question = -1;
        for (int i = start; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return Optional.empty();
            }
            if (c == '?' && question < 0) {
                question = i;
            }
            if (c == '%' && question < 0 && !escape(target, i)) {
                return Optional.empty();
            }
        }
        if (question < 0) {
            return Optional.of(new RequestTarget(start == 0 ? target : orSlash(target.substring(start)), ""));
        }
        return Optional.of(
                new RequestTarget(orSlash(target.substring(start, question)), target.substring(question + 1)));
    }

    private static int afterAuthority(String target) {
        int authority = target.regionMatches(true, 0, "https://", 0, 8)
                ? 8
                : target.regionMatches(true, 0, "http://", 0, 7) ? 7 : -1;
        if (authority < 0) {
            return -1;
        }
        for (int i = authority; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return target.length();
    }

    private static String orSlash(String path) {
        return path.isEmpty() ? "/" : path;
    }

    private static boolean escape(String text, int at) {
        return at + 2 < text.length() && hex(text.charAt(at + 1)) && hex(text.charAt(at + 2));
    }

    private static boolean hex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
