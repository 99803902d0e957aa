package dev.muster.apiserver.impersonate;

import dev.muster.api.meta.GoText;
import dev.muster.api.strategy.Names;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Keys of extra fields: how a header spells them, and which of them constrained impersonation takes. */
final class ExtraKeys {

    private static final String PATH_PUNCTUATION = "/-._~%!$&'()*+,;=:";
    private static final String PATH_RULE =
            "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";

    private ExtraKeys() {}

    /**
     * Undoes percent-encoding once. A plus is a plus; an escape that is none leaves the key as it was sent.
     *
     * @throws dev.muster.api.meta.StatusException 400 when the bytes are no text
     */
    static String decoded(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        var bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            int high = i + 2 < encoded.length() ? digit(encoded.charAt(i + 1)) : -1;
            int low = i + 2 < encoded.length() ? digit(encoded.charAt(i + 2)) : -1;
            if (high < 0 || low < 0) {
                return encoded;
            }
            int octet = high << 4 | low;
            if (octet < ' ' || octet == 0x7f) {
                throw WishHeaders.malformed("the key of an impersonation header has a control character");
            }
            bytes.put((byte) octet);
            i += 2;
        }
        try {
            return HeaderText.strict(bytes.flip());
        } catch (IllegalArgumentException e) {
            throw WishHeaders.malformed("the key of an impersonation header has " + e.getMessage());
        }
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Why constrained impersonation does not take these extra fields; empty when it does. */
    static Optional<String> problem(Map<String, List<String>> extra) {
        for (var one : extra.entrySet()) {
            var problem = problem(one.getKey(), one.getValue());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(String key, List<String> values) {
        if (key.isEmpty()) {
            return Optional.of("impersonating the empty string key in extra is not allowed");
        }
        var form = formProblems(key);
        if (!form.isEmpty()) {
            String all = form.size() == 1 ? form.getFirst() : "[" + String.join(", ", form) + "]";
            return Optional.of("impersonating an invalid key in extra is not allowed: " + all);
        }
        if (!key.equals(key.toLowerCase(Locale.ROOT))) {
            return Optional.of("impersonating a non-lowercase key in extra is not allowed: " + GoText.quote(key));
        }
        if (values.isEmpty()) {
            return Optional.of("impersonating empty values in extra is not allowed");
        }
        return values.contains("")
                ? Optional.of("impersonating the empty string value in extra is not allowed")
                : Optional.empty();
    }

    /** A domain, a slash, and what a URL's path may hold. */
    private static List<String> formProblems(String key) {
        int slash = key.indexOf('/');
        if (slash <= 0 || slash == key.length() - 1) {
            return List.of(invalid(key, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
        }
        String domain = key.substring(0, slash);
        String path = key.substring(slash + 1);
        var problems = new ArrayList<String>();
        Names.dnsSubdomainProblems(domain, false).forEach(problem -> problems.add(invalid(domain, problem)));
        if (problems.isEmpty() && !path.chars().allMatch(ExtraKeys::isOfPath)) {
            problems.add(invalid(path, PATH_RULE));
        }
        return problems;
    }

    private static boolean isOfPath(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PATH_PUNCTUATION.indexOf(c) >= 0;
    }

    private static String invalid(String value, String why) {
        return "extra.key: Invalid value: " + GoText.quote(value) + ": " + why;
    }
}
