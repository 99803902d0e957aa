package dev.muster.apiserver.negotiate;

import java.util.Optional;

/**
 * The outcome of negotiation.
 *
 * @param pretty whether to indent JSON for people
 * @param stream whether {@code stream=watch} was asked for
 */
public record Accepted(MediaType type, boolean pretty, boolean stream, Optional<Conversion> conversion) {

    static final Accepted JSON = new Accepted(MediaType.JSON, false, false, Optional.empty());
    static final Accepted PRETTY_JSON = new Accepted(MediaType.JSON, true, false, Optional.empty());

    public Representation representation() {
        return Representation.of(conversion);
    }

    Accepted prettyIf(boolean wanted) {
        if (!wanted || pretty) {
            return this;
        }
        return this == JSON ? PRETTY_JSON : new Accepted(type, true, stream, conversion);
    }
}
