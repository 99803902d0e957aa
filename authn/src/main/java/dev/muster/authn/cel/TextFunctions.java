package dev.muster.authn.cel;

import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.muster.authn.cel.Overload.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * Strings: what Kubernetes has beside the language's own, and what could blow up a small claim, with a bound on what comes out.
 */
final class TextFunctions {

    /** Characters that a function makes at most. */
    static final int LONGEST = 1 << 20;

    /** Characters of a text times those of a regular expression. */
    private static final long MATCH = 10_000_000;

    /** Characters of a text times those of a text that is looked for in it. */
    static final long SEARCH = 200_000_000;

    private static final CelType STRINGS = ListType.create(STRING);
    private static final Arguments<String, String> TWO = new Arguments<>(String.class, String.class);

    private TextFunctions() {}

    static List<Overload> all() {
        return List.of(
                Overload.member(
                        "find", "string_find_string", STRING, List.of(STRING, STRING), TWO, TextFunctions::find),
                Overload.member(
                        "findAll",
                        "string_find_all_string",
                        STRINGS,
                        List.of(STRING, STRING),
                        TWO,
                        (text, regex) -> findAll(text, regex, -1)),
                Overload.member(
                        "findAll",
                        "string_find_all_string_int",
                        STRINGS,
                        List.of(STRING, STRING, INT),
                        List.of(String.class, String.class, Long.class),
                        args -> findAll((String) args[0], (String) args[1], (Long) args[2])),
                Overload.member("join", "list_join", STRING, STRINGS, List.class, list -> join(list, "")),
                Overload.member(
                        "join",
                        "list_join_string",
                        STRING,
                        List.of(STRINGS, STRING),
                        new Arguments<>(List.class, String.class),
                        TextFunctions::join),
                Overload.member(
                        "replace",
                        "string_replace_string_string",
                        STRING,
                        List.of(STRING, STRING, STRING),
                        List.of(String.class, String.class, String.class),
                        args -> replace((String) args[0], (String) args[1], (String) args[2], -1)),
                Overload.member(
                        "replace",
                        "string_replace_string_string_int",
                        STRING,
                        List.of(STRING, STRING, STRING, INT),
                        List.of(String.class, String.class, String.class, Long.class),
                        args -> replace((String) args[0], (String) args[1], (String) args[2], (Long) args[3])),
                Overload.member(
                        "format",
                        "string_format",
                        STRING,
                        List.of(STRING, ListType.create(DYN)),
                        new Arguments<>(String.class, List.class),
                        Format::format));
    }

    /** Whether the text has a match. In place of the language's own: the pattern is bounded before it is compiled, and compiled once. */
    static Object matches(String text, String regex) {
        return matcher(text, regex).find();
    }

    /** In place of the language's own, which tries every place: two long claims would take seconds. */
    static Object contains(String text, String part) {
        product(text, part, SEARCH);
        return text.contains(part);
    }

    private static Matcher matcher(String text, String regex) {
        Pattern pattern = Patterns.compile(regex);
        product(text, regex, MATCH);
        return pattern.matcher(text);
    }

    /** What takes time in proportion to the product of two lengths is done only up to a product. */
    static void product(String a, String b, long most) {
        if ((long) a.length() * b.length() > most) {
            throw new Budget.Spent("strings too long to look for one in the other");
        }
    }

    private static Object find(String text, String regex) {
        var matcher = matcher(text, regex);
        return matcher.find() ? matcher.group() : "";
    }

    private static Object findAll(String text, String regex, long most) {
        var found = new ArrayList<String>();
        var matcher = matcher(text, regex);
        int end = -1;
        while ((most < 0 || found.size() < most) && matcher.find()) {
            // Go leaves out an empty match that lies where the one before it ended.
            if (matcher.start() != matcher.end() || matcher.start() != end) {
                found.add(matcher.group());
            }
            end = matcher.end();
        }
        return found;
    }

    private static Object join(List<?> list, String between) {
        var out = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof String text)) {
                throw new Refusal("join of something else than strings");
            }
            append(out, i == 0 ? "" : between);
            append(out, text);
        }
        return out.toString();
    }

    /** As Go's strings.Replace: an empty string is found between all characters. */
    private static Object replace(String text, String old, String fresh, long most) {
        product(text, old, SEARCH);
        if (most == 0 || old.equals(fresh)) {
            return text;
        }
        var out = new StringBuilder();
        long done = 0;
        int from = 0;
        while (most < 0 || done < most) {
            int at = old.isEmpty() && done > 0 ? next(text, from) : text.indexOf(old, from);
            if (at < 0) {
                break;
            }
            append(out, text.substring(from, at));
            append(out, fresh);
            from = at + old.length();
            done++;
        }
        append(out, text.substring(from));
        return out.toString();
    }

    /** After the character that begins there; -1 behind the last. */
    private static int next(String text, int from) {
        return from >= text.length() ? -1 : from + Character.charCount(text.codePointAt(from));
    }

    static void append(StringBuilder out, String text) {
        if (out.length() + text.length() > LONGEST) {
            throw new Budget.Spent("a value grew too large");
        }
        out.append(text);
    }
}
