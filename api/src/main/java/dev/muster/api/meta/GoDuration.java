package dev.muster.api.meta;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as Go's {@code time.ParseDuration} reads them: {@code 300ms}, {@code -1.5h}, {@code 2h45m}; {@code 0} alone. */
public final class GoDuration {

    private GoDuration() {}

    /**
     * The duration, to the nanosecond.
     *
     * @throws IllegalArgumentException with Go's message
     */
    public static Duration parse(String text) {
        int at = 0;
        boolean negative = false;
        if (!text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            negative = text.charAt(0) == '-';
            at = 1;
        }
        if (text.substring(at).equals("0")) {
            return Duration.ZERO;
        }
        if (at == text.length() || text.length() > 64) {
            throw invalid(text);
        }
        var nanos = BigDecimal.ZERO;
        while (at < text.length()) {
            int number = at;
            while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            int unit = at;
            while (at < text.length() && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
                at++;
            }
            nanos = nanos.add(number(text, number, unit).multiply(unit(text, unit, at)));
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(text);
        }
        return Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue());
    }

    private static BigDecimal number(String text, int from, int to) {
        String digits = text.substring(from, to);
        boolean any = false;
        for (int i = 0; i < digits.length(); i++) {
            any |= digits.charAt(i) != '.';
        }
        if (!any || digits.indexOf('.') != digits.lastIndexOf('.')) {
            throw invalid(text);
        }
        return new BigDecimal(digits);
    }

    private static BigDecimal unit(String text, int from, int to) {
        String unit = text.substring(from, to);
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "us", "µs", "μs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    case "" ->
                        throw new IllegalArgumentException("time: missing unit in duration " + GoText.quote(text));
                    default ->
                        throw new IllegalArgumentException(
                                "time: unknown unit " + GoText.quote(unit) + " in duration " + GoText.quote(text));
                });
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException invalid(String text) {
        String shown = text.length() > 64 ? text.substring(0, 64) : text;
        return new IllegalArgumentException("time: invalid duration " + GoText.quote(shown));
    }
}
