package dev.muster.authn.cached;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.digest.KeyedDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Remembers for a short while what another authenticator said of a token, and lets identical tokens that arrive at one time share
 * one look-up. The look-up runs apart from whoever asked first, so that one caller's going away spoils it for nobody.
 *
 * <p>Nothing is kept beyond the end of the credential itself. The price: what changes at the source before that goes on for as long
 * as an answer is kept; what may not wait for that (revocation) stands around this.
 */
public final class CachedTokens implements TokenAuthenticator {

    /**
     * How long, how many.
     *
     * @param accepted how long an acceptance is kept
     * @param refused how long a refusal is kept; zero for not at all. An outage is never kept
     * @param entries how many answers are kept at most
     * @param lookup how long a look-up may take
     */
    public record Limits(Duration accepted, Duration refused, int entries, Duration lookup) {

        /** As Kubernetes: 10 s, not at all, 32 Ki, 30 s. */
        public static final Limits STANDARD =
                new Limits(Duration.ofSeconds(10), Duration.ZERO, 32 << 10, Duration.ofSeconds(30));
    }

    /** More look-ups than this at one time are not begun. */
    private static final int MOST_LOOKUPS = 4096;

    private final TokenAuthenticator inner;
    private final Limits limits;
    private final Executor lookups;
    private final KeyedDigest digest;
    private final InstantSource clock;
    private final Answers answers;
    private final ConcurrentMap<KeyedDigest.Key, CompletableFuture<Outcome>> running = new ConcurrentHashMap<>();

    /**
     * @param lookups runs what may block
     * @param random makes the key under which tokens are remembered; must be a secure one
     */
    public CachedTokens(
            TokenAuthenticator inner, Limits limits, InstantSource clock, RandomGenerator random, Executor lookups) {
        this.inner = inner;
        this.limits = limits;
        this.lookups = lookups;
        this.digest = KeyedDigest.underNewKey(random);
        this.clock = clock;
        this.answers = new Answers(limits.entries(), clock);
    }

    @Override
    public Outcome authenticate(Secret token, Audiences wanted) {
        var key = digest.of(token.reveal(), wanted.names());
        var known = answers.get(key);
        if (known.isPresent()) {
            return known.get();
        }
        var shared = running.get(key);
        if (shared != null) {
            return waitingFor(shared);
        }
        var outcome = inner.authenticate(token, wanted);
        if (outcome instanceof Outcome.Elsewhere elsewhere) {
            return lookUp(key, elsewhere);
        }
        keep(key, outcome);
        return outcome;
    }

    private Outcome lookUp(KeyedDigest.Key key, Outcome.Elsewhere elsewhere) {
        if (running.size() >= MOST_LOOKUPS) {
            return new Outcome.Unavailable("token look-up", new TimeoutException("too many at one time"));
        }
        var fresh = new CompletableFuture<Outcome>();
        var shared = running.putIfAbsent(key, fresh);
        if (shared != null) {
            return waitingFor(shared);
        }
        fresh.orTimeout(limits.lookup().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> running.remove(key, fresh));
        try {
            lookups.execute(() -> {
                try {
                    var outcome = elsewhere.ask().get();
                    if (!fresh.isDone()) {
                        keep(key, outcome);
                    }
                    fresh.complete(outcome);
                } catch (RuntimeException | Error bug) {
                    fresh.completeExceptionally(bug);
                }
            });
        } catch (RuntimeException refusedToRun) {
            fresh.complete(new Outcome.Unavailable("token look-up", refusedToRun));
        }
        return waitingFor(fresh);
    }

    private static Outcome waitingFor(CompletableFuture<Outcome> shared) {
        return new Outcome.Elsewhere(() -> {
            try {
                return shared.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof TimeoutException late) {
                    return new Outcome.Unavailable("token look-up", late);
                }
                throw e;
            }
        });
    }

    /** A credential is good at the moment of its end, and not a nanosecond longer. */
    private Duration untilItsEnd(Outcome.Accepted accepted) {
        var now = clock.instant();
        return accepted.proof()
                .expires()
                .filter(end -> end.isBefore(now.plus(limits.accepted())))
                .map(end -> Duration.between(now, end).plusNanos(1))
                .orElse(limits.accepted());
    }

    private void keep(KeyedDigest.Key key, Outcome outcome) {
        switch (outcome) {
            case Outcome.Accepted accepted -> answers.put(key, outcome, untilItsEnd(accepted));
            case Outcome.Refused _, Outcome.NotMine _ -> answers.put(key, outcome, limits.refused());
            case Outcome.Unavailable _, Outcome.Elsewhere _ -> {
                // an outage says nothing of the token
            }
        }
    }
}
