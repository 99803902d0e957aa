package dev.muster.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first allow or deny wins; with neither there is no opinion, which allows nothing. */
class AuthorizerUnionTest {

    private static final Attributes ANY = new Attributes.PathAttributes(User.of("jane"), "get", "/version");
    private static final Decision ALLOW = Decision.allow("by role");
    private static final Decision DENY = Decision.deny("never");

    private static Decision none(String text) {
        return new Decision.NoOpinion(Decision.Grounds.of(text), false);
    }

    private static Decision failed(String text) {
        return new Decision.NoOpinion(Decision.Grounds.of(text), true);
    }

    /** What the members say, in order, and what all of them say together. */
    record Case(String expected, Decision... members) {}

    static List<Case> cases() {
        return List.of(
                new Case("none []"),
                new Case("none []", Decision.NO_OPINION, Decision.NO_OPINION),
                new Case("allow [by role]", ALLOW),
                new Case("allow [by role]", none("a"), ALLOW, DENY),
                new Case("deny [never]", none("a"), DENY, ALLOW),
                new Case("allow [by role]", failed("broken"), ALLOW),
                new Case("none [a]", none("a"), Decision.NO_OPINION),
                new Case("none [a\nb]", none("a"), none(""), none("b")),
                new Case("failed [broken]", failed("broken"), Decision.NO_OPINION),
                new Case("failed [a\nbroken]", none("a"), failed("broken")));
    }

    private static String say(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> "allow [" + allow.grounds().text() + "]";
            case Decision.Deny deny -> "deny [" + deny.grounds().text() + "]";
            case Decision.NoOpinion none ->
                (none.failed() ? "failed [" : "none [") + none.grounds().text() + "]";
            case Decision.Elsewhere _ -> "elsewhere";
        };
    }

    private static Decision union(List<Decision> members) {
        return new AuthorizerUnion(members.stream()
                        .<Authorizer>map(decision -> _ -> decision)
                        .toList())
                .authorize(ANY);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFirstAllowOrDenyWins(Case c) {
        assertThat(say(union(List.of(c.members())))).isEqualTo(c.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itDoesNotMatterWhichMembersHadToBeWaitedFor(Case c) {
        for (int which = 1; which < 1 << c.members().length; which++) {
            var members = new ArrayList<Decision>();
            for (int i = 0; i < c.members().length; i++) {
                Decision answer = c.members()[i];
                members.add((which >> i & 1) == 0 ? answer : new Decision.Elsewhere(() -> answer));
            }
            var decision = union(members);
            var settled = decision instanceof Decision.Elsewhere elsewhere
                    ? elsewhere.ask().get()
                    : decision;
            assertThat(say(settled)).isEqualTo(c.expected());
        }
    }

    @Test
    void anExceptionIsABugAndNeverAnAllow() {
        var union = new AuthorizerUnion(List.of(
                _ -> {
                    throw new IllegalStateException("bug");
                },
                _ -> ALLOW));
        assertThatThrownBy(() -> union.authorize(ANY)).hasMessage("bug");
    }
}
