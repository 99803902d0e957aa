package dev.muster.core.identity;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What an {@link Authenticator} says of the presented credentials. Five answers, all values: an exception from an
 * authenticator is a bug.
 */
public sealed interface Outcome {

    /**
     * Nothing here concerns this authenticator; ask the next one.
     *
     * @param trail what was met on the way
     */
    record NotMine(Trail trail) implements Outcome {
        public NotMine {
            Objects.requireNonNull(trail, "trail");
        }

        public NotMine() {
            this(Trail.EMPTY);
        }
    }

    /**
     * Proved.
     *
     * @param user who
     * @param audiences for whom the credential is good; unspecified when the authenticator does not know audiences
     * @param warnings texts for {@code Warning: 299} headers
     * @param proof what proved it; a decorator that changes the rest hands it on
     */
    record Accepted(User user, Audiences audiences, List<String> warnings, Proof proof) implements Outcome {
        public Accepted {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(audiences, "audiences");
            Objects.requireNonNull(proof, "proof");
            warnings = List.copyOf(warnings);
        }

        public Accepted(User user, Audiences audiences, List<String> warnings) {
            this(user, audiences, warnings, Proof.UNTOLD);
        }

        public Accepted(User user) {
            this(user, Audiences.UNSPECIFIED, List.of());
        }
    }

    /**
     * Presented, and bad.
     *
     * @param reason safe to count
     * @param detailForLog a sentence for log and audit, without the credential itself
     * @param trail what was met on the way
     */
    record Refused(Reason reason, String detailForLog, Trail trail) implements Outcome {
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detailForLog, "detailForLog");
            Objects.requireNonNull(trail, "trail");
        }

        public Refused(Reason reason, String detailForLog) {
            this(reason, detailForLog, Trail.EMPTY);
        }
    }

    /**
     * Presented, and cannot be judged now: a backend is down or not ready.
     *
     * @param what the backend, for log and metrics
     * @param cause what happened
     * @param trail what was met on the way
     */
    record Unavailable(String what, Throwable cause, Trail trail) implements Outcome {
        public Unavailable {
            Objects.requireNonNull(trail, "trail");
        }

        public Unavailable(String what, Throwable cause) {
            this(what, cause, Trail.EMPTY);
        }
    }

    /**
     * Can be judged, but not without waiting: the caller moves to a thread that may block and then asks.
     *
     * @param ask blocks and answers; never returns another {@code Elsewhere}
     */
    record Elsewhere(Supplier<Outcome> ask) implements Outcome {}

    /** What becomes of this answer: applied at once, or after waiting where the answer must be waited for. */
    default Outcome then(UnaryOperator<Outcome> next) {
        return this instanceof Elsewhere elsewhere
                ? new Elsewhere(() -> next.apply(elsewhere.ask().get()))
                : next.apply(this);
    }

    /** What was met on the way to this answer; empty for those that say yes or have yet to be asked. */
    default Trail trail() {
        return Trail.EMPTY;
    }

    /** The same answer with another trail; a yes has none. */
    default Outcome with(Trail other) {
        if (other == trail()) {
            return this;
        }
        return switch (this) {
            case NotMine _ -> new NotMine(other);
            case Refused refused -> new Refused(refused.reason(), refused.detailForLog(), other);
            case Unavailable unavailable -> new Unavailable(unavailable.what(), unavailable.cause(), other);
            case Accepted accepted -> accepted;
            case Elsewhere elsewhere -> elsewhere;
        };
    }

    /** {@link NotMine} with nothing met on the way. */
    Outcome NOT_MINE = new NotMine();

    static Outcome accepted(User user) {
        return new Accepted(user);
    }

    static Outcome refused(Reason reason, String detailForLog) {
        return new Refused(reason, detailForLog);
    }
}
