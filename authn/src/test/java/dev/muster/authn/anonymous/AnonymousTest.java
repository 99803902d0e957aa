package dev.muster.authn.anonymous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.Trail;
import dev.muster.core.identity.User;
import dev.muster.testkit.authn.Presented;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnonymousTest {

    private static final Authenticator NOBODY = _ -> Outcome.NOT_MINE;

    private static Authenticator around(Authenticator others, String... paths) {
        return new Anonymous(others, Set.of(paths));
    }

    @Test
    void nothingPresentedIsAnonymousInOneGroupOnly() {
        assertThat(around(NOBODY).authenticate(Presented.NOTHING))
                .isEqualTo(Outcome.accepted(User.of("system:anonymous", "system:unauthenticated")));
    }

    @Test
    void itTakesTheAudiencesThatAreWanted() {
        assertThat(around(NOBODY).authenticate(Presented.NOTHING.wanting("vault")))
                .extracting("audiences")
                .isEqualTo(Audiences.of("vault"));
    }

    @Test
    void refusedAndUnavailableAndAcceptedStayWhatTheyAre() {
        for (Outcome outcome : List.of(
                Outcome.refused(Reason.UNKNOWN, "bad"),
                new Outcome.Unavailable("directory", new RuntimeException("down")),
                Outcome.accepted(User.of("jane")))) {
            assertThat(around(_ -> outcome).authenticate(Presented.NOTHING)).isSameAs(outcome);
            var later = around(_ -> new Outcome.Elsewhere(() -> outcome)).authenticate(Presented.NOTHING);
            assertThat(((Outcome.Elsewhere) later).ask().get()).isSameAs(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/livez/ping"})
    void onAPathOfItsConditionsItActs(String path) {
        assertThat(around(NOBODY, "/healthz", "/livez/ping").authenticate(Presented.NOTHING.at(path)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/healthz/",
                "/healthz/x",
                "/",
                "",
                "/HEALTHZ",
                "//healthz",
                "/%68ealthz",
                "/healthz;x",
                "/version"
            })
    void aPathIsComparedExactly(String path) {
        assertThat(around(NOBODY, "/healthz").authenticate(Presented.NOTHING.at(path)))
                .isEqualTo(Outcome.NOT_MINE);
    }

    @Test
    void whoeverMeantNotToBeAnonymousIsTold() {
        Authenticator ignoring = _ -> new Outcome.NotMine(Trail.warning("mind the space"));
        var outcome = around(ignoring).authenticate(Presented.NOTHING);
        assertThat(outcome).extracting("warnings").isEqualTo(List.of("mind the space"));
    }
}
