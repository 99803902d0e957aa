package dev.muster.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * How long ago things were.
 *
 * @param now the moment of the whole table
 */
record Ages(Instant now) {

    private static final String UNKNOWN = "<unknown>";

    /** Since a timestamp in RFC 3339; unknown when there is none. */
    String since(JsonNode timestamp) {
        return instant(timestamp).map(this::since).orElse(UNKNOWN);
    }

    String since(Instant then) {
        return HumanDuration.of(Duration.between(then, now));
    }

    static Optional<Instant> instant(JsonNode timestamp) {
        String text = timestamp.asText("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
