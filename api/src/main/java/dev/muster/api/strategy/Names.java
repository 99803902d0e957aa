package dev.muster.api.strategy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Kubernetes' rules for names, with its messages. Written without regular expressions, which would recurse or backtrack on
 * hostile input; lengths count bytes of UTF-8.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object Names and IDs</a>
 */
public final class Names {

    private static final int LABEL_MAX = 63;
    private static final int SUBDOMAIN_MAX = 253;
    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL_RULE =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters"
                    + " or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used"
                    + " for validation is '" + LABEL_FORM + "')";
    private static final String SUBDOMAIN_RULE =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                    + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
                    + " used for validation is '" + LABEL_FORM + "(\\." + LABEL_FORM + ")*')";

    private Names() {}

    /** RFC 1123 subdomain, at most 253 characters; a generated prefix may end in a dash. */
    public static List<String> dnsSubdomainProblems(String name, boolean prefix) {
        return subdomain(prefix ? maskTrailingDash(name) : name, "characters");
    }

    /** RFC 1123 label, at most 63 characters: namespaces, containers, volumes. */
    public static List<String> dnsLabelProblems(String name, boolean prefix) {
        String text = prefix ? maskTrailingDash(name) : name;
        var problems = tooLong(text, LABEL_MAX, "characters");
        if (!isDnsLabel(text)) {
            problems.add(isDnsSubdomain(text) ? "must not contain dots" : LABEL_RULE);
        }
        return problems;
    }

    /** What can be one segment of a path: everything but {@code .}, {@code ..} and what holds {@code /} or {@code %}. */
    public static List<String> pathSegmentProblems(String name, boolean prefix) {
        if (!prefix && (name.equals(".") || name.equals(".."))) {
            return List.of("may not be '" + name + "'");
        }
        return Stream.of("/", "%")
                .filter(name::contains)
                .map(bad -> "may not contain '" + bad + "'")
                .toList();
    }

    static List<String> subdomain(String name, String unit) {
        var problems = tooLong(name, SUBDOMAIN_MAX, unit);
        if (!isDnsSubdomain(name)) {
            problems.add(SUBDOMAIN_RULE);
        }
        return problems;
    }

    static List<String> tooLong(String name, int most, String unit) {
        var problems = new ArrayList<String>();
        if (bytes(name) > most) {
            problems.add("must be no more than " + most + " " + unit);
        }
        return problems;
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static boolean isDnsSubdomain(String text) {
        for (String label : text.split("\\.", -1)) {
            if (!isDnsLabel(label)) {
                return false;
            }
        }
        return true;
    }

    static boolean isDnsLabel(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> isLowerAlphanumeric(c) || c == '-')
                && isLowerAlphanumeric(text.charAt(0))
                && isLowerAlphanumeric(text.charAt(text.length() - 1));
    }

    static boolean isLowerAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    static boolean isAlphanumeric(int c) {
        return isLowerAlphanumeric(c) || c >= 'A' && c <= 'Z';
    }

    /** A prefix that ends in a dash is right when something is appended to it. */
    private static String maskTrailingDash(String name) {
        return name.length() > 1 && name.endsWith("-") ? name.substring(0, name.length() - 2) + "a" : name;
    }
}
