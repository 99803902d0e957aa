package dev.muster.core.audit;

import java.util.Arrays;
import java.util.Optional;

/** How much of a request is recorded; each level has all of the one before. */
public enum Level {
    NONE("None"),
    METADATA("Metadata"),
    REQUEST("Request"),
    REQUEST_RESPONSE("RequestResponse");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    /** As policies and events spell it. */
    public String word() {
        return word;
    }

    public boolean isAtLeast(Level other) {
        return compareTo(other) >= 0;
    }

    public static Optional<Level> of(String word) {
        return Arrays.stream(values()).filter(l -> l.word.equals(word)).findFirst();
    }
}
