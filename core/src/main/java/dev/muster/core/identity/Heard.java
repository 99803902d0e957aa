package dev.muster.core.identity;

import java.util.Objects;

/**
 * What one authenticator said on the way to an answer that is no yes. For operators: it reaches the log and the story of a
 * refusal, never the client.
 *
 * @param authenticator its name, as operators know it: {@code token file}
 * @param detail a sentence, without the credential itself
 */
public record Heard(String authenticator, Answer answer, String detail) {

    /** The answers that are no yes. */
    public enum Answer {
        NOT_MINE,
        REFUSED,
        UNAVAILABLE
    }

    public Heard {
        Objects.requireNonNull(authenticator, "authenticator");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(detail, "detail");
    }
}
