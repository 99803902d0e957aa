package dev.muster.apiserver.serviceaccount;

import dev.muster.core.identity.Audiences;
import dev.muster.core.issuing.TokenOrder.Binding;
import java.time.Duration;
import java.util.Optional;

/**
 * How long tokens live.
 *
 * @param own the API server's audiences, which a request without any gets
 * @param longest longer requests are shortened to this; empty = no limit
 * @param extend whether tokens of pods live for a year and warn after the hour they were asked for, so that clients that never
 *     read their token again go on working
 */
public record TokenPolicy(Audiences own, Optional<Duration> longest, boolean extend) {

    /** What the ServiceAccount admission asks for: the odd seconds tell its tokens from others. */
    public static final long OF_PODS = 3607;

    private static final Duration YEAR = Duration.ofDays(365);

    /**
     * The life of one token.
     *
     * @param life of the token
     * @param told what the answer says of it
     * @param shortened whether it is less than was asked for
     */
    record Life(Duration life, Duration told, Optional<Duration> warnAfter, boolean shortened) {}

    Life life(Duration asked, Audiences audiences, Binding binding) {
        if (extend
                && binding.pod().isPresent()
                && asked.equals(Duration.ofSeconds(OF_PODS))
                && own.names().containsAll(audiences.names())) {
            return new Life(YEAR, asked, Optional.of(asked), false);
        }
        boolean tooLong = longest.isPresent() && asked.compareTo(longest.get()) > 0;
        Duration life = tooLong ? longest.get() : asked;
        return new Life(life, life, Optional.empty(), tooLong);
    }
}
