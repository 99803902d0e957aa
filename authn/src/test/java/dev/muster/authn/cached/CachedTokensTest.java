package dev.muster.authn.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.digest.KeyedDigest;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.clock.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedTokensTest {

    private static final Secret TOKEN = Secret.of("token");
    private static final Outcome JANE =
            new Outcome.Accepted(User.of("jane"), Audiences.UNSPECIFIED, List.of("use tokens that end"));

    private final ManualClock clock = new ManualClock();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private CachedTokens over(TokenAuthenticator inner, CachedTokens.Limits limits) {
        return new CachedTokens(
                (token, wanted) -> {
                    asked.incrementAndGet();
                    return inner.authenticate(token, wanted);
                },
                limits,
                clock,
                new SecureRandom(),
                threads);
    }

    private CachedTokens over(TokenAuthenticator inner) {
        return over(inner, CachedTokens.Limits.STANDARD);
    }

    private static CachedTokens.Limits limits(Duration refused, int entries, Duration lookup) {
        return new CachedTokens.Limits(Duration.ofSeconds(10), refused, entries, lookup);
    }

    private static Outcome ask(TokenAuthenticator tokens, Secret token) {
        return AuthenticatorConformance.settled(tokens.authenticate(token, Audiences.UNSPECIFIED));
    }

    @Test
    void anAcceptanceIsKeptForTenSecondsWithItsWarnings() {
        var cached = over((_, _) -> new Outcome.Elsewhere(() -> JANE));
        assertThat(ask(cached, TOKEN)).isEqualTo(JANE);
        clock.advance(Duration.ofMillis(9_999));
        assertThat(cached.authenticate(TOKEN, Audiences.UNSPECIFIED))
                .as("answered at once")
                .isEqualTo(JANE);
        assertThat(asked).hasValue(1);

        clock.advance(Duration.ofMillis(1));
        assertThat(ask(cached, TOKEN)).isEqualTo(JANE);
        assertThat(asked).hasValue(2);
    }

    @Test
    void nothingIsKeptBeyondTheEndOfTheCredential() {
        var end = clock.instant().plusSeconds(3);
        var accepted = new Outcome.Accepted(
                User.of("jane"), Audiences.UNSPECIFIED, List.of(), Proof.ofToken(clock.instant(), end));
        var cached = over((_, _) ->
                clock.instant().isAfter(end) ? Outcome.refused(Reason.EXPIRED, "its time is over") : accepted);
        assertThat(ask(cached, TOKEN)).isEqualTo(accepted);

        clock.set(end);
        assertThat(ask(cached, TOKEN)).as("at its end").isEqualTo(accepted);
        assertThat(asked).hasValue(1);

        clock.advance(Duration.ofNanos(1));
        assertThat(ask(cached, TOKEN)).as("after it").isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void refusalsAndOutagesAreNotKept() {
        for (Outcome outcome : List.of(
                Outcome.NOT_MINE,
                Outcome.refused(Reason.EXPIRED, "late"),
                new Outcome.Unavailable("directory", new RuntimeException("down")))) {
            asked.set(0);
            var cached = over((_, _) -> outcome);
            ask(cached, TOKEN);
            ask(cached, TOKEN);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void whereRefusalsAreKeptAnOutageStillIsNot() {
        var limits = limits(Duration.ofSeconds(5), 100, Duration.ofSeconds(1));
        var refusing = over((_, _) -> Outcome.refused(Reason.EXPIRED, "late"), limits);
        ask(refusing, TOKEN);
        ask(refusing, TOKEN);
        assertThat(asked).hasValue(1);

        var down = over((_, _) -> new Outcome.Unavailable("directory", new RuntimeException("down")), limits);
        ask(down, TOKEN);
        ask(down, TOKEN);
        assertThat(asked).hasValue(3);
    }

    @Test
    void theAudiencesInTheirOrderBelongToTheKey() {
        var cached = over((_, _) -> JANE);
        for (var wanted : List.of(
                Audiences.UNSPECIFIED,
                Audiences.of("a"),
                Audiences.of("a", "b"),
                Audiences.of("b", "a"),
                Audiences.of("ab"))) {
            cached.authenticate(TOKEN, wanted);
            cached.authenticate(TOKEN, wanted);
        }
        assertThat(asked).hasValue(5);
    }

    @Test
    void identicalTokensAtOneTimeShareOneLookUp() throws Exception {
        var gate = new CountDownLatch(1);
        var cached = over((_, _) -> new Outcome.Elsewhere(() -> {
            await(gate);
            return JANE;
        }));
        var waiting = new ArrayList<Future<Outcome>>();
        for (int i = 0; i < 50; i++) {
            var outcome = cached.authenticate(TOKEN, Audiences.UNSPECIFIED);
            waiting.add(threads.submit(() -> AuthenticatorConformance.settled(outcome)));
        }
        gate.countDown();
        for (var answer : waiting) {
            assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(JANE);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void oneCallersInterruptionSpoilsTheLookUpForNobody() throws Exception {
        var gate = new CountDownLatch(1);
        var cached = over((_, _) -> new Outcome.Elsewhere(() -> {
            await(gate);
            return JANE;
        }));
        var outcome = cached.authenticate(TOKEN, Audiences.UNSPECIFIED);
        var impatient = threads.submit(() -> AuthenticatorConformance.settled(outcome));
        impatient.cancel(true);
        gate.countDown();
        assertThat(ask(cached, TOKEN)).isEqualTo(JANE);
    }

    @Test
    void aLookUpThatTakesTooLongIsAnOutageAndIsBegunAnew() throws Exception {
        var gate = new CountDownLatch(1);
        var cached = over(
                (_, _) -> new Outcome.Elsewhere(() -> {
                    await(gate);
                    return JANE;
                }),
                limits(Duration.ZERO, 100, Duration.ofMillis(50)));
        assertThat(ask(cached, TOKEN))
                .isInstanceOfSatisfying(
                        Outcome.Unavailable.class,
                        late -> assertThat(late.cause()).isInstanceOf(TimeoutException.class));
        gate.countDown();
        assertThat(ask(cached, TOKEN)).isEqualTo(JANE);
    }

    @Test
    void aBugInALookUpIsABugForAllWhoWaitAndIsNotKept() {
        var cached = over((_, _) -> new Outcome.Elsewhere(() -> {
            throw new IllegalStateException("bug");
        }));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> ask(cached, TOKEN)).hasRootCauseMessage("bug");
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void noMoreIsKeptThanAllowed() {
        var answers = new Answers(64, clock);
        var digest = KeyedDigest.underNewKey(new SecureRandom());
        for (int i = 0; i < 5000; i++) {
            answers.put(digest.of("token " + i, List.of()), JANE, Duration.ofSeconds(10));
        }
        assertThat(answers.size()).isLessThanOrEqualTo(64).isPositive();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
