package dev.muster.authn.grouped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.authn.Presented;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupedTest {

    record Case(User before, User after) {}

    static List<Case> cases() {
        return List.of(
                new Case(User.of("jane"), User.of("jane", "system:authenticated")),
                new Case(User.of("jane", "b", "a", "b"), User.of("jane", "b", "a", "b", "system:authenticated")),
                new Case(User.of("jane", "system:authenticated", "a"), User.of("jane", "system:authenticated", "a")),
                new Case(User.of("jane", "system:unauthenticated"), User.of("jane", "system:unauthenticated")),
                new Case(User.of("system:anonymous", "a"), User.of("system:anonymous", "a")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everybodyAuthenticatedGetsTheGroupOnceAndLast(Case c) {
        var accepted = new Outcome.Accepted(c.before(), Audiences.of("a"), List.of("w"));
        var expected = new Outcome.Accepted(c.after(), Audiences.of("a"), List.of("w"));

        assertThat(Grouped.of(_ -> accepted).authenticate(Presented.NOTHING)).isEqualTo(expected);
        assertThat(Grouped.ofTokens((_, _) -> accepted).authenticate(Secret.of("t"), Audiences.UNSPECIFIED))
                .isEqualTo(expected);
    }

    @Test
    void othersAnswersAreLeftAlone() {
        var refused = Outcome.refused(Reason.EXPIRED, "late");
        assertThat(Grouped.of(_ -> refused).authenticate(Presented.NOTHING)).isSameAs(refused);
        assertThat(Grouped.of(_ -> Outcome.NOT_MINE).authenticate(Presented.NOTHING))
                .isSameAs(Outcome.NOT_MINE);
    }
}
