package dev.muster.api.table;

import java.time.Duration;

/** A duration for people, in two or three significant figures: {@code 90s}, {@code 5m10s}, {@code 3h}, {@code 2y40d}. */
public final class HumanDuration {

    private static final int HOURS_OF_YEAR = 24 * 365;

    private HumanDuration() {}

    public static String of(Duration duration) {
        // As Go does: whole seconds, cut towards zero.
        long seconds = duration.toMillis() / 1000;
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return pair(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        return ofHours(minutes / 60, minutes % 60);
    }

    private static String ofHours(long hours, long minutes) {
        if (hours < 8) {
            return pair(hours, "h", minutes, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (hours < 24 * 8) {
            return pair(hours / 24, "d", hours % 24, "h");
        }
        if (hours < 2 * HOURS_OF_YEAR) {
            return hours / 24 + "d";
        }
        if (hours < 8 * HOURS_OF_YEAR) {
            return pair(hours / HOURS_OF_YEAR, "y", hours / 24 % 365, "d");
        }
        return hours / HOURS_OF_YEAR + "y";
    }

    private static String pair(long one, String unit, long other, String otherUnit) {
        return other == 0 ? one + unit : one + unit + other + otherUnit;
    }
}
