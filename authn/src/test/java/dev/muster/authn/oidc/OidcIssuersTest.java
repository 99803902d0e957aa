package dev.muster.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OidcIssuersTest {

    private static World world;

    @BeforeAll
    static void begin() throws InterruptedException {
        world = World.ready();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @Test
    void aGoodTokenIsAcceptedOnTheCallingThreadWithAllThatIsKnownOfIt() {
        var now = world.clock.instant();
        String token = world.token()
                .with("groups", "[\"developers\",\"admins\"]")
                .text("jti", "t-1")
                .text("sid", "s-1")
                .signed(World.KEY);

        assertThat(world.at(token)).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.user())
                    .isEqualTo(new User(
                            "jane",
                            "",
                            List.of("developers", "admins"),
                            Map.of(User.CREDENTIAL_ID, List.of("JTI=t-1"))));
            assertThat(accepted.audiences().isUnspecified()).isTrue();
            assertThat(accepted.proof().issued()).contains(Instant.ofEpochSecond(now.getEpochSecond()));
            assertThat(accepted.proof().expires()).contains(now.plusSeconds(3600));
            assertThat(accepted.proof().session()).contains("s-1");
        });
    }

    @Test
    void aTokenOfAnotherIssuerIsNobodysHereAndTheStorySaysWhose() {
        String other = world.issuer.url() + "/";
        assertThat(world.at(world.token().text("iss", other).signed(World.KEY)))
                .isInstanceOfSatisfying(
                        Outcome.NotMine.class,
                        nobodys -> assertThat(nobodys.trail().heard())
                                .singleElement()
                                .satisfies(heard -> assertThat(heard.toString()).contains('"' + other + '"')));
        assertThat(world.at(world.token().without("iss").signed(World.KEY))).isEqualTo(Outcome.NOT_MINE);
        assertThat(world.at("no.token.atall")).isEqualTo(Outcome.NOT_MINE);
    }

    @Test
    void googlesTokensAreGooglesByEitherName() throws InterruptedException {
        var google = new IssuerSettings(
                "https://accounts.google.com",
                Optional.of(world.issuer.url() + "/google"),
                List.of(world.issuer.authority()),
                List.of(World.CLIENT),
                IssuerSettings.ALL_ALGORITHMS,
                IssuerSettings.Trust.ORDINARY);
        world.issuer.serve(
                "/google",
                "{\"issuer\":\"https://accounts.google.com\",\"jwks_uri\":\"" + world.issuer.url() + "/keys\"}");
        try (var other = new World()) {
            other.adopt(new Issuer(google, World.rules(Optional.empty(), Map.of())));

            for (String name : List.of("https://accounts.google.com", "accounts.google.com")) {
                assertThat(other.at(world.token().text("iss", name).signed(World.KEY)))
                        .as(name)
                        .isInstanceOf(Outcome.Accepted.class);
            }
        }
    }
}
