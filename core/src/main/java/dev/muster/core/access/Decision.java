package dev.muster.core.access;

import java.util.function.Supplier;

/** An {@link Authorizer}'s answer. */
public sealed interface Decision {

    /** Allowed; the grounds say by what. */
    record Allow(Grounds grounds) implements Decision {}

    /** Forbidden, whatever other authorizers would say. */
    record Deny(Grounds grounds) implements Decision {}

    /**
     * Nothing here allows it; others may.
     *
     * @param grounds what there is to say, shown to the caller after the refusal; may be empty
     * @param failed whether something needed for the decision could not be read; with no later allow this is an error,
     *     not a refusal
     */
    record NoOpinion(Grounds grounds, boolean failed) implements Decision {}

    /** Only after waiting: the caller moves to a thread that may block. Never answers another {@code Elsewhere}. */
    record Elsewhere(Supplier<Decision> ask) implements Decision {}

    /** No opinion and nothing to say. */
    Decision NO_OPINION = new NoOpinion(Grounds.NONE, false);

    /** The reason behind a decision; the text is made only when somebody reads it. */
    @FunctionalInterface
    interface Grounds {
        Grounds NONE = () -> "";

        /** As Kubernetes words it; empty when there is nothing to say. */
        String text();

        static Grounds of(String text) {
            return () -> text;
        }
    }

    static Decision allow(String reason) {
        return new Allow(Grounds.of(reason));
    }

    static Decision deny(String reason) {
        return new Deny(Grounds.of(reason));
    }
}
