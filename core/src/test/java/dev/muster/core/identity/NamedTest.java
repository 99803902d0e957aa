package dev.muster.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Heard.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The story of a refusal: who was asked, in which order, and what each said. */
class NamedTest {

    private static final Authenticator NOTHING = named("certificate", Outcome.NOT_MINE);
    private static final Authenticator BAD = named("token", Outcome.refused(Reason.EXPIRED, "too old"));
    private static final Authenticator DOWN =
            named("directory", new Outcome.Unavailable("ldap", new RuntimeException("down")));
    private static final Authenticator GOOD = named("good", Outcome.accepted(User.of("jane")));

    private static Authenticator named(String name, Outcome outcome) {
        return Named.of(name, "nothing for " + name, _ -> outcome);
    }

    private static Authenticator later(Authenticator inner) {
        return presented -> new Outcome.Elsewhere(() -> inner.authenticate(presented));
    }

    private static Outcome ask(Authenticator... members) {
        var outcome = Chain.of(List.of(members)).authenticate(NONE);
        return outcome instanceof Outcome.Elsewhere elsewhere ? elsewhere.ask().get() : outcome;
    }

    @Test
    void everyMemberIsInTheStoryInTheOrderInWhichItWasAsked() {
        var outcome = ask(NOTHING, BAD, DOWN);
        assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
        assertThat(outcome.trail().heard())
                .containsExactly(
                        new Heard("certificate", Answer.NOT_MINE, "nothing for certificate"),
                        new Heard("token", Answer.REFUSED, "EXPIRED: too old"),
                        new Heard("directory", Answer.UNAVAILABLE, "ldap"));
    }

    @Test
    void theStoryIsTheSameWhereOneHadToBeWaitedFor() {
        assertThat(ask(NOTHING, later(BAD), DOWN).trail())
                .isEqualTo(ask(NOTHING, BAD, DOWN).trail());
    }

    @Test
    void aYesHasNoStory() {
        assertThat(ask(BAD, GOOD)).isEqualTo(Outcome.accepted(User.of("jane")));
        assertThat(ask(BAD, GOOD).trail()).isSameAs(Trail.EMPTY);
    }

    @Test
    void aGroupWhoseMembersHaveSpokenAddsNothing() {
        var group = Named.of("group", "nothing", Chain.of(List.of(BAD)));
        assertThat(ask(group).trail().heard()).extracting(Heard::authenticator).containsExactly("token");
    }

    @Test
    void warningsAreKeptBesideTheStory() {
        var warned = Named.of("bearer", "none", _ -> new Outcome.NotMine(Trail.warning("mind the space")));
        assertThat(ask(NOTHING, warned).trail().warnings()).containsExactly("mind the space");
        assertThat(ask(NOTHING, warned).trail().heard()).hasSize(2);
    }

    private static final Credentials NONE = new Credentials() {
        @Override
        public List<String> header(String name) {
            return List.of();
        }

        @Override
        public Set<String> headerNames() {
            return Set.of();
        }

        @Override
        public Optional<PeerChain> peerChain() {
            return Optional.empty();
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public Audiences wanted() {
            return Audiences.UNSPECIFIED;
        }
    };
}
