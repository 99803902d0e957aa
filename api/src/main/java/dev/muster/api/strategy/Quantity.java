package dev.muster.api.strategy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * An amount of a resource: {@code 500m}, {@code 1Gi}, {@code 1e3}.
 *
 * @param value the amount
 * @param form how its writer counts; it is written back so
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
public record Quantity(BigDecimal value, Form form) implements Comparable<Quantity> {

    public enum Form {
        DECIMAL,
        BINARY,
        EXPONENT
    }

    /** What is said of a text that is none. */
    public static final String WRONG =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int NANO = 9;
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    /** Longer texts and larger exponents are nobody's resources, and would make numbers of any size. */
    private static final int TEXT_MAX = 64;

    private static final int EXPONENT_MAX = 40;

    /** Reads a quantity; empty when it is none. */
    public static Optional<Quantity> parse(String text) {
        int end = 0;
        while (end < text.length() && "+-.0123456789".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        String number = text.substring(0, end);
        if (text.length() > TEXT_MAX || !isNumber(number)) {
            return Optional.empty();
        }
        var value = new BigDecimal(number.endsWith(".") ? number + "0" : number);
        String suffix = text.substring(end);
        if (DECIMAL.contains(suffix)) {
            return Optional.of(of(value.scaleByPowerOfTen(3 * DECIMAL.indexOf(suffix) - NANO), Form.DECIMAL));
        }
        if (BINARY.contains(suffix)) {
            var factor = new BigDecimal(KIBI.pow(BINARY.indexOf(suffix)));
            return Optional.of(of(value.multiply(factor), Form.BINARY));
        }
        return exponent(suffix).map(e -> of(value.scaleByPowerOfTen(e), Form.EXPONENT));
    }

    /** The same amount as Kubernetes writes it. */
    public String canonical() {
        if (value.signum() == 0) {
            return "0";
        }
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        if (form == Form.BINARY && whole && value.abs().compareTo(new BigDecimal(KIBI)) >= 0) {
            return binary();
        }
        int exponent = -NANO;
        BigInteger mantissa = value.scaleByPowerOfTen(NANO).toBigInteger();
        BigInteger thousand = BigInteger.valueOf(1000);
        while (exponent < 18 && mantissa.mod(thousand).signum() == 0) {
            mantissa = mantissa.divide(thousand);
            exponent += 3;
        }
        String suffix = DECIMAL.get((exponent + NANO) / 3);
        return mantissa + (form == Form.EXPONENT ? exponent == 0 ? "" : "e" + exponent : suffix);
    }

    /** Rounded up to thousandths, as amounts in lists of resources are. */
    public Quantity milli() {
        return new Quantity(value.setScale(Math.min(3, value.scale()), RoundingMode.UP), form);
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }

    private String binary() {
        BigInteger amount = value.toBigInteger();
        int power = 0;
        while (power < BINARY.size() - 1 && amount.mod(KIBI).signum() == 0) {
            amount = amount.divide(KIBI);
            power++;
        }
        return amount + BINARY.get(power);
    }

    private static Quantity of(BigDecimal value, Form form) {
        BigDecimal rounded = value.scale() > NANO ? value.setScale(NANO, RoundingMode.UP) : value;
        return new Quantity(rounded, form);
    }

    private static boolean isNumber(String text) {
        String digits = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
        int dot = digits.indexOf('.');
        String plain = dot < 0 ? digits : digits.substring(0, dot) + digits.substring(dot + 1);
        return !plain.isEmpty() && plain.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<Integer> exponent(String suffix) {
        if (suffix.length() < 2 || suffix.length() > 5 || "eE".indexOf(suffix.charAt(0)) < 0) {
            return Optional.empty();
        }
        String digits = suffix.substring(1);
        if (!isNumber(digits) || digits.contains(".")) {
            return Optional.empty();
        }
        int exponent = Integer.parseInt(digits);
        return Math.abs(exponent) <= EXPONENT_MAX ? Optional.of(exponent) : Optional.empty();
    }
}
