package dev.muster.api.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times as Kubernetes writes them (RFC 3339, UTC): to the second, or to the microsecond. */
public final class Times {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern RFC3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    /** The years that RFC 3339 can write. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Times() {}

    /** Reads RFC 3339.
     *
     * @throws MalformedBody when it is none
     */
    public static Instant parse(String text) {
        if (RFC3339.matcher(text).matches()) {
            try {
                var time = OffsetDateTime.parse(text.replace(',', '.')).toInstant();
                return within(time.getEpochSecond(), time.getNano());
            } catch (DateTimeException e) {
                // The 30th of February: said below.
            }
        }
        var quoted = GoText.quote(text);
        throw new MalformedBody("parsing time " + quoted + " as \"2006-01-02T15:04:05Z07:00\": cannot parse " + quoted
                + " as \"2006\"");
    }

    /** From protobuf's two numbers. */
    static Instant of(long seconds, int nanos) {
        try {
            return within(seconds, nanos);
        } catch (DateTimeException e) {
            throw new MalformedBody("a time outside the years 0 to 9999");
        }
    }

    private static Instant within(long seconds, int nanos) {
        var time = Instant.ofEpochSecond(seconds, nanos);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException("year");
        }
        return time;
    }

    static String seconds(Instant time) {
        return SECONDS.format(time);
    }

    /** To the microsecond, as in events. */
    public static String micros(Instant time) {
        return MICROS.format(time);
    }
}
