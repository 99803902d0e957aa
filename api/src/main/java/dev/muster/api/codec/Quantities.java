package dev.muster.api.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities such as {@code 500m}, {@code 1Gi}, {@code 1e3}, in the canonical form of Kubernetes' resource.Quantity: no
 * fraction, the largest suffix that allows it, the family of suffixes (binary, decimal, exponent) kept.
 */
final class Quantities {

    private static final Pattern TEXT = Pattern.compile(
            "([+-]?)([0-9]{1,200}(?:\\.[0-9]{0,200})?|\\.[0-9]{1,200})([eE][+-]?[0-9]{1,3}|[KMGTPE]i|[numkMGTPE]?)");

    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    /** From 10^-9 in steps of a thousand. */
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");

    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final BigInteger KILO = BigInteger.valueOf(1000);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Quantities() {}

    /**
     * Reads a quantity and writes it in its canonical form.
     *
     * @throws MalformedBody in Kubernetes' words
     */
    static String canonical(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new MalformedBody(
                    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        return canonical(parts);
    }

    private static String canonical(Matcher parts) {
        var suffix = parts.group(3);
        var number = new BigDecimal(parts.group(2));
        boolean negative = parts.group(1).equals("-");
        if (suffix.endsWith("i")) {
            number = number.multiply(new BigDecimal(KIBI.pow(BINARY.indexOf(suffix))));
            return sign(negative, number) + binary(bounded(number));
        }
        boolean exponent = suffix.length() > 1;
        int power = exponent ? Integer.parseInt(suffix.substring(1)) : 3 * (DECIMAL.indexOf(suffix) - 3);
        number = bounded(number.scaleByPowerOfTen(power));
        return sign(negative, number) + decimal(number, exponent);
    }

    /** What is finer than a billionth is rounded up, what is beyond 2^63-1 is cut. */
    private static BigDecimal bounded(BigDecimal number) {
        return number.setScale(9, RoundingMode.UP).min(MOST);
    }

    private static String sign(boolean negative, BigDecimal number) {
        return negative && number.signum() != 0 ? "-" : "";
    }

    private static String binary(BigDecimal number) {
        if (number.compareTo(new BigDecimal(KIBI)) < 0
                || number.stripTrailingZeros().scale() > 0) {
            // Too small for a binary suffix, or not whole: decimal, as Kubernetes does.
            return decimal(number, false);
        }
        var whole = number.toBigIntegerExact();
        int step = 0;
        while (step < BINARY.size() - 1 && whole.mod(KIBI).signum() == 0) {
            whole = whole.divide(KIBI);
            step++;
        }
        return whole + BINARY.get(step);
    }

    private static String decimal(BigDecimal number, boolean exponent) {
        if (number.signum() == 0) {
            return "0";
        }
        var billionths = number.movePointRight(9).toBigIntegerExact();
        int step = 0;
        while (step < DECIMAL.size() - 1 && billionths.mod(KILO).signum() == 0) {
            billionths = billionths.divide(KILO);
            step++;
        }
        int power = 3 * (step - 3);
        return billionths + (exponent ? (power == 0 ? "" : "e" + power) : DECIMAL.get(step));
    }
}
