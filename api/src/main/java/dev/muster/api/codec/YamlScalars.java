package dev.muster.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an unquoted scalar means: YAML 1.1 as go-yaml 2 reads it, which is what Kubernetes uses. Times stay text; {@code yes} and
 * {@code on} are booleans; {@code 010} is eight.
 */
final class YamlScalars {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUES =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSES =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private YamlScalars() {}

    static JsonNode resolve(String text) {
        if (NULLS.contains(text)) {
            return NullNode.instance;
        }
        if (TRUES.contains(text)) {
            return BooleanNode.TRUE;
        }
        if (FALSES.contains(text)) {
            return BooleanNode.FALSE;
        }
        char first = text.charAt(0);
        if (first == '.' || first == '-' || first == '+' || first >= '0' && first <= '9') {
            return number(text);
        }
        return TextNode.valueOf(text);
    }

    private static JsonNode number(String text) {
        if (text.length() > Limits.NUMBER) {
            return TextNode.valueOf(text);
        }
        if (INFINITE.matcher(text).matches()) {
            throw new MalformedBody("json: unsupported value: " + text);
        }
        var plain = text.replace("_", "");
        if (INTEGER.matcher(plain).matches()) {
            var value = integer(plain);
            if (value.bitLength() < Long.SIZE) {
                return JsonReader.integer(value.longValue());
            }
            return DoubleNode.valueOf(value.doubleValue());
        }
        if (FLOAT.matcher(plain).matches()) {
            double value = Double.parseDouble(plain);
            if (!Double.isInfinite(value)) {
                return DoubleNode.valueOf(value);
            }
        }
        return TextNode.valueOf(text);
    }

    private static BigInteger integer(String text) {
        boolean negative = text.startsWith("-");
        var digits = negative || text.startsWith("+") ? text.substring(1) : text;
        var value = magnitude(digits.toLowerCase(Locale.ROOT));
        return negative ? value.negate() : value;
    }

    private static BigInteger magnitude(String digits) {
        if (digits.startsWith("0x")) {
            return new BigInteger(digits.substring(2), 16);
        }
        if (digits.startsWith("0b")) {
            return new BigInteger(digits.substring(2), 2);
        }
        if (digits.startsWith("0o")) {
            return new BigInteger(digits.substring(2), 8);
        }
        return digits.startsWith("0") ? new BigInteger(digits, 8) : new BigInteger(digits);
    }
}
