package dev.muster.authn.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.authn.Presented;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AudienceTest {

    private static final User JANE = User.of("jane");
    private static final Secret TOKEN = Secret.of("t");

    private static Audiences names(String... names) {
        return Audiences.of(names);
    }

    /** The server's own audiences, those wanted, and those an acceptance is for; none when it is not mine. */
    record Agnostic(Audiences own, Audiences wanted, Optional<Audiences> accepted) {}

    static List<Agnostic> agnostic() {
        return List.of(
                new Agnostic(names("api"), names(), Optional.of(names())),
                new Agnostic(names(), names(), Optional.of(names())),
                new Agnostic(names("api"), names("api"), Optional.of(names("api"))),
                new Agnostic(names("api", "other"), names("other", "vault", "api"), Optional.of(names("other", "api"))),
                new Agnostic(names("api"), names("vault"), Optional.empty()),
                new Agnostic(names(), names("vault"), Optional.empty()),
                new Agnostic(names("api"), names("API"), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("agnostic")
    void whatKnowsNoAudiencesIsGoodForTheServersOwn(Agnostic c) {
        Outcome expected = c.accepted()
                .<Outcome>map(audiences -> new Outcome.Accepted(JANE, audiences, List.of()))
                .orElse(Outcome.NOT_MINE);

        assertThat(AudienceAgnostic.ofTokens(c.own(), (_, _) -> Outcome.accepted(JANE))
                        .authenticate(TOKEN, c.wanted()))
                .isEqualTo(expected);
        var wanting = Presented.NOTHING.wanting(c.wanted().names().toArray(String[]::new));
        assertThat(AudienceAgnostic.of(c.own(), _ -> Outcome.accepted(JANE)).authenticate(wanting))
                .isEqualTo(expected);
    }

    @Test
    void anAudienceThatIsNotOursIsNotEvenAskedFor() {
        var agnostic = AudienceAgnostic.ofTokens(names("api"), (_, _) -> {
            throw new AssertionError("asked");
        });
        assertThat(agnostic.authenticate(TOKEN, names("vault"))).isEqualTo(Outcome.NOT_MINE);
    }

    @Test
    void wrappingOneThatKnowsAudiencesIsABug() {
        var wrong =
                AudienceAgnostic.ofTokens(names("api"), (_, _) -> new Outcome.Accepted(JANE, names("api"), List.of()));
        assertThatThrownBy(() -> wrong.authenticate(TOKEN, names("api"))).isInstanceOf(IllegalStateException.class);
    }

    /** Those wanted, those an acceptance is for, and whether that will do. */
    record Check(Audiences wanted, Audiences accepted, boolean good) {}

    static List<Check> checks() {
        return List.of(
                new Check(names(), names(), true),
                new Check(names("api"), names(), true),
                new Check(names(), names("vault"), true),
                new Check(names("api", "b"), names("vault", "b"), true),
                new Check(names("api"), names("vault"), false),
                new Check(names("api"), names("api "), false));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void whatWasAcceptedMustBeForOneThatIsWanted(Check c) {
        Outcome accepted = new Outcome.Accepted(JANE, c.accepted(), List.of());
        var outcome = AudienceCheck.ofTokens((_, _) -> accepted).authenticate(TOKEN, c.wanted());
        var wanting = Presented.NOTHING.wanting(c.wanted().names().toArray(String[]::new));
        assertThat(AudienceCheck.of(_ -> accepted).authenticate(wanting)).isEqualTo(outcome);

        if (c.good()) {
            assertThat(outcome).isSameAs(accepted);
        } else {
            assertThat(outcome).extracting("reason").isEqualTo(Reason.WRONG_PURPOSE);
        }
    }

    @Test
    void aWantedAudienceWritesNoLineOfItsOwnIntoTheLog() {
        Outcome accepted = new Outcome.Accepted(JANE, names("api"), List.of());
        var outcome = AudienceCheck.ofTokens((_, _) -> accepted)
                .authenticate(TOKEN, names("x\nadmin logged in", "y".repeat(9000)));
        assertThat(((Outcome.Refused) outcome).detailForLog())
                .hasSizeLessThan(1200)
                .doesNotContain("\n");
    }
}
