package dev.muster.apiserver.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The metadata that is the system's to set. */
record SystemFields(InstantSource clock, RandomGenerator random) {

    /** Without vowels and what looks like them: no words come about. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;
    private static final int LONGEST_BASE = 63 - SUFFIX;
    private static final List<String> NOT_THE_CALLERS = List.of(
            "creationTimestamp", "uid", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields");

    /** Takes away what a caller may not set on a new object. */
    static void wipe(ObjectNode tree) {
        ObjectCodec.metadata(tree).remove(NOT_THE_CALLERS);
    }

    /** Gives a new object its identity. */
    void fill(ObjectNode tree) {
        ObjectCodec.metadata(tree).put("uid", uid()).put("creationTimestamp", now());
    }

    /** RFC 3339 in whole seconds, UTC. */
    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A name that begins with the prefix, cut so that the whole is at most 63 characters. */
    String generateName(String prefix) {
        var name = new StringBuilder(prefix.length() > LONGEST_BASE ? prefix.substring(0, LONGEST_BASE) : prefix);
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    private String uid() {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() & ~(3L << 62) | 1L << 63;
        return new UUID(high, low).toString();
    }
}
