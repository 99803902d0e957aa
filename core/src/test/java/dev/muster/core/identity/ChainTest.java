package dev.muster.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fold: accepted at once; unavailable outranks refused outranks not-mine; whether now or after waiting. */
class ChainTest {

    private static final Outcome NOT_MINE = Outcome.NOT_MINE;
    private static final Outcome JANE = Outcome.accepted(User.of("jane"));
    private static final Outcome JOHN = Outcome.accepted(User.of("john"));
    private static final Outcome EXPIRED = Outcome.refused(Reason.EXPIRED, "too late");
    private static final Outcome UNTRUSTED = Outcome.refused(Reason.UNTRUSTED, "no root");
    private static final Outcome UNKNOWN = Outcome.refused(Reason.UNKNOWN, "invalid bearer token");
    private static final Outcome DOWN = new Outcome.Unavailable("directory", new RuntimeException("down"));
    private static final Outcome ALSO_DOWN = new Outcome.Unavailable("webhook", new RuntimeException("down"));

    /** What the members say, in order, and what the chain says. */
    record Fold(Outcome expected, Outcome... members) {}

    static List<Fold> folds() {
        return List.of(
                new Fold(NOT_MINE),
                new Fold(NOT_MINE, NOT_MINE, NOT_MINE),
                new Fold(JANE, NOT_MINE, JANE, NOT_MINE),
                new Fold(JANE, JANE, JOHN),
                new Fold(JANE, EXPIRED, JANE),
                new Fold(JANE, DOWN, JANE),
                new Fold(JANE, NOT_MINE, UNKNOWN, DOWN, EXPIRED, JANE),
                new Fold(EXPIRED, EXPIRED),
                new Fold(EXPIRED, EXPIRED, NOT_MINE),
                new Fold(EXPIRED, NOT_MINE, EXPIRED),
                new Fold(DOWN, DOWN, NOT_MINE),
                new Fold(DOWN, EXPIRED, DOWN),
                new Fold(DOWN, DOWN, EXPIRED),
                new Fold(DOWN, NOT_MINE, EXPIRED, DOWN, NOT_MINE),
                new Fold(DOWN, DOWN, ALSO_DOWN),
                new Fold(Outcome.refused(Reason.EXPIRED, "too late; no root"), EXPIRED, UNTRUSTED),
                new Fold(Outcome.refused(Reason.EXPIRED, "too late; invalid bearer token"), EXPIRED, UNKNOWN),
                new Fold(Outcome.refused(Reason.EXPIRED, "invalid bearer token; too late"), UNKNOWN, EXPIRED));
    }

    private static final Credentials NOTHING = new Credentials() {
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

    private static Outcome fold(List<Outcome> members) {
        var asAuthenticators = Chain.of(
                members.stream().<Authenticator>map(outcome -> _ -> outcome).toList());
        return asAuthenticators.authenticate(NOTHING);
    }

    private static Outcome settled(Outcome outcome) {
        return outcome instanceof Outcome.Elsewhere elsewhere ? elsewhere.ask().get() : outcome;
    }

    @ParameterizedTest
    @MethodSource("folds")
    void theWeightiestAnswerCounts(Fold c) {
        assertThat(fold(List.of(c.members()))).isEqualTo(c.expected());
        var asTokens = Chain.ofTokens(List.of(c.members()).stream()
                .<TokenAuthenticator>map(outcome -> (_, _) -> outcome)
                .toList());
        assertThat(asTokens.authenticate(Secret.of("t"), Audiences.UNSPECIFIED)).isEqualTo(c.expected());
    }

    @ParameterizedTest
    @MethodSource("folds")
    void itDoesNotMatterWhichMembersHadToBeWaitedFor(Fold c) {
        for (int which = 0; which < 1 << c.members().length; which++) {
            var members = new ArrayList<Outcome>();
            for (int i = 0; i < c.members().length; i++) {
                Outcome answer = c.members()[i];
                members.add((which >> i & 1) == 0 ? answer : new Outcome.Elsewhere(() -> answer));
            }
            assertThat(settled(fold(members)))
                    .as("waiting for %s", Integer.toBinaryString(which))
                    .isEqualTo(c.expected());
        }
    }

    @Test
    void nothingIsWaitedForBeforeTheCallerSaysSo() {
        var asked = new AtomicBoolean();
        var later = fold(List.of(NOT_MINE, new Outcome.Elsewhere(() -> {
            asked.set(true);
            return JANE;
        })));
        assertThat(later).isInstanceOf(Outcome.Elsewhere.class);
        assertThat(asked).isFalse();
        assertThat(settled(later)).isEqualTo(JANE);
    }

    @Test
    void afterAnAcceptanceNobodyElseIsAsked() {
        Authenticator never = _ -> {
            throw new AssertionError("asked");
        };
        assertThat(Chain.of(List.of(_ -> JANE, never)).authenticate(NOTHING)).isEqualTo(JANE);
        var later =
                Chain.of(List.of(_ -> new Outcome.Elsewhere(() -> JANE), never)).authenticate(NOTHING);
        assertThat(settled(later)).isEqualTo(JANE);
    }

    @Test
    void anExceptionIsABugAndNeverAnAnswer() {
        Authenticator broken = _ -> {
            throw new IllegalStateException("bug");
        };
        var chain = Chain.of(List.of(_ -> EXPIRED, broken, _ -> JANE));
        assertThatThrownBy(() -> chain.authenticate(NOTHING)).hasMessage("bug");

        var later = Chain.of(List.of(
                        _ -> new Outcome.Elsewhere(() -> {
                            throw new IllegalStateException("bug");
                        }),
                        _ -> JANE))
                .authenticate(NOTHING);
        assertThatThrownBy(() -> settled(later)).hasMessage("bug");
    }

    @Test
    void whatBecomesOfAnAnswerBecomesOfItAfterWaitingToo() {
        assertThat(JANE.then(_ -> JOHN)).isEqualTo(JOHN);
        var later = new Outcome.Elsewhere(() -> JANE).then(answer -> answer.equals(JANE) ? JOHN : NOT_MINE);
        assertThat(later).isInstanceOf(Outcome.Elsewhere.class);
        assertThat(settled(later)).isEqualTo(JOHN);
    }
}
