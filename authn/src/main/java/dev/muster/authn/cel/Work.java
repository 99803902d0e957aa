package dev.muster.authn.cel;

import java.time.Duration;

/**
 * How much an expression may do. A unit is about one step: a value looked at, sixteen characters, an element of a list.
 *
 * @param units at most
 * @param longest at most; looked at between steps, none of which is long
 */
public record Work(int units, Duration longest) {

    /** What a thread that serves others may do on the way: well below a millisecond. */
    public static final Work ON_THE_WAY = new Work(2_000, Duration.ofMillis(20));

    /** What a thread of its own may do: as many units as Kubernetes allows of its own kind. */
    public static final Work APART = new Work(1_000_000, Duration.ofSeconds(1));
}
