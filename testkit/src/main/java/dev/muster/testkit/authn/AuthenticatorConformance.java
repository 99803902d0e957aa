package dev.muster.testkit.authn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Trail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What holds of every {@link Authenticator}; its tests extend this. */
public abstract class AuthenticatorConformance {

    private static final int HOSTILE = 3000;

    /** The one to be tested, the same at each call. */
    protected abstract Authenticator authenticator();

    /** Something it accepts. */
    protected abstract Presented good();

    /** Texts that no outcome may show: the credentials in {@link #good()} and what is derived from them. */
    protected abstract List<String> secrets();

    /** What it says to nothing at all. */
    protected Outcome toNothing() {
        return Outcome.NOT_MINE;
    }

    /** Whether an acceptance of hostile input is right: only an anonymous one can be. */
    protected boolean mayAccept(Outcome.Accepted accepted) {
        return false;
    }

    /** Where an outcome must be waited for, waits. */
    public static Outcome settled(Outcome outcome) {
        return outcome instanceof Outcome.Elsewhere elsewhere ? elsewhere.ask().get() : outcome;
    }

    @Test
    void whatIsGoodIsAccepted() {
        assertThat(settled(authenticator().authenticate(good())))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.user().name()).isNotEmpty());
    }

    @Test
    void nothingPresentedIsNotMine() {
        assertThat(settled(authenticator().authenticate(Presented.NOTHING)).with(Trail.EMPTY))
                .isEqualTo(toNothing());
        assertThat(settled(authenticator().authenticate(Presented.NOTHING.wanting("vault"))))
                .as("whatever audience is wanted")
                .isNotInstanceOf(Outcome.Refused.class);
    }

    @Test
    void hostileCredentialsNeverThrowAndAreNeverAccepted() {
        var hostile = new HostileCredentials(new Random(4), good());
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < HOSTILE; i++) {
            var presented = hostile.next();
            var outcome = settled(authenticator().authenticate(presented));
            seen.add(outcome.getClass());
            if (outcome instanceof Outcome.Accepted accepted) {
                assertThat(mayAccept(accepted)).as("accepted: %s", presented).isTrue();
            }
            assertQuiet(outcome, presented);
        }
        assertThat(seen)
                .as("kinds of answers seen: some of it must have been taken for a credential")
                .hasSizeGreaterThan(1)
                .contains(Outcome.Refused.class);
    }

    private void assertQuiet(Outcome outcome, Presented presented) {
        if (!(outcome instanceof Outcome.Refused refused)) {
            return;
        }
        assertThat(refused.detailForLog())
                .as("a line for the log")
                .isNotBlank()
                .hasSizeLessThan(2000)
                .matches(text -> text.chars().noneMatch(Character::isISOControl), "without control characters");
        assertThat(secrets())
                .allSatisfy(secret -> assertThat(refused.detailForLog()).doesNotContain(secret));
        presented.header("Authorization").stream()
                .flatMap(line -> List.of(line.split("\\s+")).stream())
                .filter(word -> word.length() > 7)
                .forEach(word -> assertThat(refused.detailForLog()).doesNotContain(word));
    }

    @Test
    void manyThreadsGetTheSameAnswer() throws Exception {
        var expected = settled(authenticator().authenticate(good()));
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tasks = new ArrayList<Callable<Outcome>>();
            for (int i = 0; i < 200; i++) {
                tasks.add(() -> settled(authenticator().authenticate(good())));
            }
            for (var answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void noOutcomeShowsTheSecret() {
        var outcome = settled(authenticator().authenticate(good()));
        assertThat(secrets()).isNotEmpty().allSatisfy(secret -> {
            assertThat(outcome.toString()).doesNotContain(secret);
            assertThat(outcome.toString())
                    .doesNotContain(Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        });
    }
}
