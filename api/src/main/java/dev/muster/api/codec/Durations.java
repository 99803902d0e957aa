package dev.muster.api.codec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1h30m0s}, {@code 1.5s}, {@code 20ms}. In nanoseconds. */
final class Durations {

    private static final Pattern PART =
            Pattern.compile("\\G([0-9]{1,19}(?:\\.[0-9]{0,20})?|\\.[0-9]{1,20})(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private Durations() {}

    static long parse(String text) {
        boolean negative = text.startsWith("-");
        var rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return 0;
        }
        var total = BigDecimal.ZERO;
        var parts = PART.matcher(rest.length() > 100 ? "" : rest);
        int end = 0;
        while (parts.find()) {
            total = total.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(UNITS.get(parts.group(2)))));
            end = parts.end();
        }
        try {
            if (end > 0 && end == rest.length()) {
                long nanos = total.setScale(0, RoundingMode.DOWN).longValueExact();
                return negative ? -nanos : nanos;
            }
        } catch (ArithmeticException e) {
            // Too long for 64 bits: said below.
        }
        throw new MalformedBody("time: invalid duration " + GoText.quote(text));
    }

    static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        var sign = nanos < 0 ? "-" : "";
        var left = BigDecimal.valueOf(nanos).abs();
        if (left.compareTo(BigDecimal.valueOf(1_000_000_000L)) < 0) {
            var unit = left.compareTo(BigDecimal.valueOf(1_000)) < 0
                    ? "ns"
                    : left.compareTo(BigDecimal.valueOf(1_000_000)) < 0 ? "µs" : "ms";
            return sign + plain(left.divide(BigDecimal.valueOf(UNITS.get(unit)))) + unit;
        }
        var seconds = left.movePointLeft(9);
        long minutes = seconds.longValue() / 60;
        var out = new StringBuilder(sign);
        if (minutes >= 60) {
            out.append(minutes / 60).append('h');
        }
        if (minutes > 0) {
            out.append(minutes % 60).append('m');
        }
        return out.append(plain(seconds.remainder(BigDecimal.valueOf(60))))
                .append('s')
                .toString();
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
