package dev.muster.apiserver.controllers.legacytokens;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Days as labels and the config map have them: {@code 2006-01-02}, UTC. */
final class Days {

    private static final int LENGTH = 10;

    private Days() {}

    static LocalDate of(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Empty for anything else. */
    static Optional<LocalDate> read(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
