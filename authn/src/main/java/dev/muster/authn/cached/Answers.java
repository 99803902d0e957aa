package dev.muster.authn.cached;

import dev.muster.core.identity.Outcome;
import dev.muster.crypto.digest.KeyedDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers with an end, so many and no more: when full, the oldest goes. In stripes, so that threads seldom meet. */
final class Answers {

    private static final int STRIPES = 32;

    private final InstantSource clock;
    private final List<Stripe> stripes = new ArrayList<>();

    Answers(int entries, InstantSource clock) {
        this.clock = clock;
        int each = Math.max(1, entries / STRIPES);
        for (int i = 0; i < STRIPES; i++) {
            stripes.add(new Stripe(each));
        }
    }

    private record Answer(Outcome outcome, Instant until) {}

    private static final class Stripe {

        private final int most;
        private final Map<KeyedDigest.Key, Answer> answers = new LinkedHashMap<>();

        Stripe(int most) {
            this.most = most;
        }

        synchronized Optional<Outcome> get(KeyedDigest.Key key, Instant now) {
            var answer = answers.get(key);
            if (answer == null) {
                return Optional.empty();
            }
            if (!now.isBefore(answer.until())) {
                answers.remove(key);
                return Optional.empty();
            }
            return Optional.of(answer.outcome());
        }

        synchronized void put(KeyedDigest.Key key, Answer answer) {
            answers.remove(key);
            if (answers.size() >= most) {
                answers.remove(answers.keySet().iterator().next());
            }
            answers.put(key, answer);
        }

        synchronized int size() {
            return answers.size();
        }
    }

    Optional<Outcome> get(KeyedDigest.Key key) {
        return stripe(key).get(key, clock.instant());
    }

    /** For so long; zero is not at all. */
    void put(KeyedDigest.Key key, Outcome outcome, Duration time) {
        if (time.isPositive()) {
            stripe(key).put(key, new Answer(outcome, clock.instant().plus(time)));
        }
    }

    int size() {
        return stripes.stream().mapToInt(Stripe::size).sum();
    }

    private Stripe stripe(KeyedDigest.Key key) {
        return stripes.get(Math.floorMod(key.bytes().get(0), STRIPES));
    }
}
