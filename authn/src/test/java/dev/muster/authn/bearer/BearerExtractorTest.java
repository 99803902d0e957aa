package dev.muster.authn.bearer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.Trail;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.authn.Presented;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BearerExtractorTest extends AuthenticatorConformance {

    private static final String TOKEN = "31ada4fd-adec-460c-809a-9e56ceb75269";

    private final TokenAuthenticator jane =
            (token, _) -> token.equals(Secret.of(TOKEN)) ? Outcome.accepted(User.of("jane")) : Outcome.NOT_MINE;
    private final Authenticator bearer = new BearerExtractor(jane);

    @Override
    protected Authenticator authenticator() {
        return bearer;
    }

    @Override
    protected Presented good() {
        return Presented.bearer(TOKEN);
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }

    /** A header and the token found in it. */
    record Header(String value, Optional<String> token) {}

    static List<Header> headers() {
        return List.of(
                new Header("Bearer tok", Optional.of("tok")),
                new Header("bearer tok", Optional.of("tok")),
                new Header("BEARER tok", Optional.of("tok")),
                new Header("  Bearer tok  ", Optional.of("tok")),
                new Header("Bearer tok junk", Optional.of("tok")),
                new Header("Bearer tok junk more", Optional.of("tok")),
                new Header("Bearer tok,Bearer other", Optional.of("tok,Bearer")),
                new Header("", Optional.empty()),
                new Header(" ", Optional.empty()),
                new Header("Bearer", Optional.empty()),
                new Header("Bearer ", Optional.empty()),
                new Header("Bearer  tok", Optional.empty()),
                new Header("Bearer\ttok", Optional.empty()),
                new Header("Bearertok", Optional.empty()),
                new Header("Basic dXNlcjpwYXNz", Optional.empty()),
                new Header("Negotiate YII", Optional.empty()),
                new Header("tok", Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aTokenIsCutOutAsKubernetesCutsIt(Header c) {
        TokenAuthenticator echo = (token, _) -> Outcome.accepted(User.of(token.reveal()));
        var outcome = new BearerExtractor(echo).authenticate(Presented.NOTHING.with("Authorization", c.value()));
        assertThat(outcome.with(Trail.EMPTY))
                .isEqualTo(c.token().map(t -> Outcome.accepted(User.of(t))).orElse(Outcome.NOT_MINE));
    }

    @Test
    void aTokenThatNobodyKnowsIsRefused() {
        assertThat(bearer.authenticate(Presented.bearer("other")))
                .isEqualTo(Outcome.refused(Reason.UNKNOWN, "invalid bearer token"));
    }

    @Test
    void theFirstHeaderLineAloneCounts() {
        var two = Presented.NOTHING.with("Authorization", "Basic eA==").with("Authorization", "Bearer " + TOKEN);
        assertThat(bearer.authenticate(two)).isEqualTo(Outcome.NOT_MINE);
        var reversed = Presented.bearer("other").with("Authorization", "Bearer " + TOKEN);
        assertThat(bearer.authenticate(reversed)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aSecondSpaceMakesNoTokenAndIsRemarkedUpon() {
        var spaced = bearer.authenticate(Presented.NOTHING.with("Authorization", "Bearer  " + TOKEN));
        assertThat(spaced).isInstanceOf(Outcome.NotMine.class);
        assertThat(spaced.trail().warnings())
                .containsExactly("the provided Authorization header contains extra space before the bearer token, "
                        + "and is ignored");
        assertThat(bearer.authenticate(Presented.NOTHING.with("Authorization", "Basic  x")))
                .isEqualTo(Outcome.NOT_MINE);
    }

    @Test
    void aRefusalAndAnOutageAreHandedOn() {
        Outcome refused = Outcome.refused(Reason.EXPIRED, "too late");
        Outcome down = new Outcome.Unavailable("directory", new RuntimeException("down"));
        assertThat(new BearerExtractor((_, _) -> refused).authenticate(good())).isSameAs(refused);
        assertThat(new BearerExtractor((_, _) -> down).authenticate(good())).isSameAs(down);
    }

    @Test
    void whatMustBeWaitedForIsRefusedOnlyThen() {
        var later = new BearerExtractor((_, _) -> new Outcome.Elsewhere(() -> Outcome.NOT_MINE)).authenticate(good());
        assertThat(later).isInstanceOf(Outcome.Elsewhere.class);
        assertThat(settled(later)).isInstanceOf(Outcome.Refused.class);
    }
}
