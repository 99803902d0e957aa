package dev.muster.server.rehearsal;

import java.util.Map;
import java.util.Optional;

/** What is known of a token's signature. */
sealed interface Signature {

    /** For people. */
    String text();

    /** Why the token is refused for it. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** The claims that were verified, with those that lie elsewhere; empty = those of the token itself. */
    default Optional<Map<String, Object>> claims() {
        return Optional.empty();
    }

    /** One of the issuer's keys made it. */
    record Good(Map<String, Object> verified) implements Signature {
        @Override
        public String text() {
            return "verified by the issuer's keys";
        }

        @Override
        public Optional<Map<String, Object>> claims() {
            return Optional.of(verified);
        }
    }

    /** None did. */
    record Bad(String why) implements Signature {
        @Override
        public String text() {
            return "refused: " + why;
        }

        @Override
        public Optional<String> problem() {
            return Optional.of(why);
        }
    }

    /** It was not checked. */
    record Unknown(String why) implements Signature {
        @Override
        public String text() {
            return "NOT CHECKED: " + why;
        }
    }
}
