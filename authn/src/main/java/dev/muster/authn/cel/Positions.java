package dev.muster.authn.cel;

import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.common.types.CelType;
import dev.muster.authn.cel.Overload.Arguments;
import java.util.List;

/**
 * Where a string stands in another, counted in characters of Unicode. The library's own look at every character anew: for two claims
 * of half the largest size they took half a minute.
 */
final class Positions {

    private static final List<CelType> TWO = List.of(STRING, STRING);
    private static final List<CelType> THREE = List.of(STRING, STRING, INT);
    private static final List<Class<?>> CLASSES = List.of(String.class, String.class, Long.class);
    private static final Arguments<String, String> STRINGS = new Arguments<>(String.class, String.class);

    private Positions() {}

    static List<Overload> all() {
        return List.of(
                Overload.member(
                        "indexOf", "string_index_of_string", INT, TWO, STRINGS, (text, part) -> first(text, part, 0)),
                Overload.member(
                        "indexOf",
                        "string_index_of_string_int",
                        INT,
                        THREE,
                        CLASSES,
                        args -> first((String) args[0], (String) args[1], (Long) args[2])),
                Overload.member(
                        "lastIndexOf",
                        "string_last_index_of_string",
                        INT,
                        TWO,
                        STRINGS,
                        (text, part) -> last(text, part, text.codePointCount(0, text.length()))),
                Overload.member(
                        "lastIndexOf",
                        "string_last_index_of_string_int",
                        INT,
                        THREE,
                        CLASSES,
                        args -> last((String) args[0], (String) args[1], (Long) args[2])));
    }

    private static Object first(String text, String part, long from) {
        TextFunctions.product(text, part, TextFunctions.SEARCH);
        return position(text, text.indexOf(part, unit(text, from)));
    }

    private static Object last(String text, String part, long from) {
        TextFunctions.product(text, part, TextFunctions.SEARCH);
        return position(text, text.lastIndexOf(part, unit(text, from)));
    }

    private static long position(String text, int unit) {
        return unit < 0 ? -1 : text.codePointCount(0, unit);
    }

    private static int unit(String text, long characters) {
        if (characters < 0 || characters > text.codePointCount(0, text.length())) {
            throw new Refusal("index out of range");
        }
        return text.offsetByCodePoints(0, (int) characters);
    }
}
