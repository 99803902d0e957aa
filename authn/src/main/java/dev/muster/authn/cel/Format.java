package dev.muster.authn.cel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code "%s".format([...])}: the clauses s, d, f, e, b, o, x and X. */
final class Format {

    private static final int MOST_DIGITS = 100;

    private Format() {}

    static Object format(String template, List<?> arguments) {
        var out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c != '%') {
                TextFunctions.append(out, String.valueOf(c));
                continue;
            }
            i++;
            int precision = -1;
            if (i < template.length() && template.charAt(i) == '.') {
                int from = ++i;
                while (i < template.length() && Character.digit(template.charAt(i), 10) >= 0 && i - from < 3) {
                    i++;
                }
                precision = i == from ? 0 : Integer.parseInt(template.substring(from, i));
            }
            if (i >= template.length()) {
                throw new Refusal("format: a clause without an end");
            }
            if (template.charAt(i) == '%') {
                out.append('%');
                continue;
            }
            if (next >= arguments.size()) {
                throw new Refusal("format: index " + next + " out of range");
            }
            TextFunctions.append(out, clause(template.charAt(i), precision, arguments.get(next++)));
        }
        return out.toString();
    }

    private static String clause(char kind, int precision, Object value) {
        return switch (kind) {
            case 's' -> text(value, 0);
            case 'd' -> number(value).toBigInteger().toString();
            case 'f' -> fixed(value, precision < 0 ? 6 : precision);
            case 'e' ->
                String.format(
                        Locale.ROOT,
                        "%." + digits(precision < 0 ? 6 : precision) + "e",
                        number(value).doubleValue());
            case 'b' ->
                value instanceof Boolean yes
                        ? (yes ? "1" : "0")
                        : number(value).toBigInteger().toString(2);
            case 'o' -> number(value).toBigInteger().toString(8);
            case 'x' -> hex(value);
            case 'X' -> hex(value).toUpperCase(Locale.ROOT);
            default -> throw new Refusal("format: unrecognized formatting clause");
        };
    }

    private static int digits(int precision) {
        if (precision > MOST_DIGITS) {
            throw new Refusal("format: more than " + MOST_DIGITS + " digits");
        }
        return precision;
    }

    private static String fixed(Object value, int precision) {
        return number(value).setScale(digits(precision), RoundingMode.HALF_EVEN).toPlainString();
    }

    private static BigDecimal number(Object value) {
        return switch (value) {
            case Double d when !d.isNaN() && !d.isInfinite() -> new BigDecimal(d);
            case Number n when !(n instanceof Double) -> new BigDecimal(n.toString());
            default -> throw new Refusal("format: not a number");
        };
    }

    private static String hex(Object value) {
        if (!(value instanceof String text)) {
            return number(value).toBigInteger().toString(16);
        }
        var out = new StringBuilder();
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            TextFunctions.append(out, String.format("%02x", b));
        }
        return out.toString();
    }

    private static String text(Object value, int depth) {
        if (depth > 16) {
            throw new Refusal("format: nested too deeply");
        }
        return switch (value) {
            case String s -> s;
            case Boolean b -> b.toString();
            case Double d -> GoDouble.text(d);
            case Number n -> n.toString();
            case List<?> list -> {
                var out = new StringBuilder("[");
                for (int i = 0; i < list.size(); i++) {
                    TextFunctions.append(out, i == 0 ? "" : ", ");
                    TextFunctions.append(out, text(list.get(i), depth + 1));
                }
                yield out.append(']').toString();
            }
            case Map<?, ?> map -> {
                var out = new StringBuilder("{");
                for (String entry : map.entrySet().stream()
                        .map(e -> text(e.getKey(), depth + 1) + ": " + text(e.getValue(), depth + 1))
                        .sorted()
                        .toList()) {
                    TextFunctions.append(out, out.length() == 1 ? "" : ", ");
                    TextFunctions.append(out, entry);
                }
                yield out.append('}').toString();
            }
            default -> {
                if (value == CelNull.VALUE) {
                    yield "null";
                }
                throw new Refusal("format: a value that has no text");
            }
        };
    }
}
