package dev.muster.authn.cel;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Kubernetes' spelling of names that are no identifiers: {@code __dot__}, {@code __dash__}, {@code __slash__}, {@code
 * __underscores__}, and reserved words between underscores.
 */
final class Escapes {

    private static final Pattern ESCAPE = Pattern.compile("__([^_]+)__");

    private static final Map<String, String> SIGNS = Map.of("underscores", "__", "dot", ".", "dash", "-", "slash", "/");

    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private Escapes() {}

    /** The name that is meant; null when there is an escape that means nothing. */
    static String unescape(String text) {
        if (text.indexOf("__") < 0) {
            return text;
        }
        var escape = ESCAPE.matcher(text);
        var name = new StringBuilder();
        while (escape.find()) {
            String sign = SIGNS.get(escape.group(1));
            boolean reserved = RESERVED.contains(escape.group(1));
            if (sign == null && !(reserved && escape.group().length() == text.length())) {
                return null;
            }
            escape.appendReplacement(name, sign == null ? escape.group(1) : sign);
        }
        return escape.appendTail(name).toString();
    }
}
