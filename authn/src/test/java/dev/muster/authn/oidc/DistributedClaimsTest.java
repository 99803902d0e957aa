package dev.muster.authn.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.identity.Outcome;
import dev.muster.testkit.issuer.Fault;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DistributedClaimsTest {

    private World world;

    @BeforeEach
    void begin() throws InterruptedException {
        world = new World();
        allow(world.issuer.url() + "/claims/");
    }

    @AfterEach
    void end() {
        world.close();
    }

    private void allow(String... places) throws InterruptedException {
        world.adopt(new Issuer(
                world.settings(new IssuerSettings.Trust(false, List.of(places))),
                World.rules(Optional.of("groups"), Map.of())));
    }

    private String pointingTo(String source) {
        return world.token()
                .with("_claim_names", "{\"groups\":\"src\"}")
                .with("_claim_sources", "{\"src\":" + source + "}")
                .signed(World.KEY);
    }

    private String endpoint(String path) {
        return "{\"endpoint\":\"" + world.issuer.url() + path + "\",\"access_token\":\"t0ken\"}";
    }

    private void serve(String path, TestToken token) {
        world.issuer.serve(path, token.signed(World.KEY));
    }

    private void isRefused(String token, String says) {
        assertThat(world.judged(token))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.detailForLog()).contains(says));
    }

    @Test
    void groupsAreFetchedFromWhereTheTokenSaysWithItsAccessToken() {
        serve("/claims/jane", world.token().with("groups", "[\"far\",\"away\"]"));

        assertThat(world.judged(pointingTo(endpoint("/claims/jane"))))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.user().groups()).containsExactly("far", "away"));
        assertThat(world.issuer.authorization("/claims/jane")).isEqualTo("Bearer t0ken");
    }

    @Test
    void onlyWhereTheConfigurationAllowsIt() throws InterruptedException {
        serve("/claims/jane", world.token().with("groups", "[\"far\"]"));
        for (String place : List.of(
                "http://127.0.0.1/claims/jane",
                "https://169.254.169.254/latest/meta-data",
                world.issuer.url() + "/other",
                world.issuer.url() + "/claims/../other",
                world.issuer.url() + "/claims/%2e%2e/other",
                world.issuer.url() + "/claims/..%2fother",
                world.issuer.url() + "/claims",
                world.issuer.url().replace("127.0.0.1", "x@127.0.0.1") + "/claims/jane",
                world.issuer.url() + "@evil.example/claims/",
                "file:///etc/passwd",
                "not a url")) {
            isRefused(pointingTo("{\"endpoint\":\"" + place + "\"}"), "none of the places that may be asked");
        }
        assertThat(world.issuer.asked("/other")).isZero();

        allow();
        isRefused(pointingTo(endpoint("/claims/jane")), "none of the places that may be asked for claims: []");
        allow(world.issuer.url() + "/claims/jane");
        assertThat(world.judged(pointingTo(endpoint("/claims/jane")))).isInstanceOf(Outcome.Accepted.class);
        assertThat(world.issuer.asked("/claims/jane")).isEqualTo(1);
    }

    @Test
    void aClaimThatTheTokenHasItselfIsNotFetched() {
        String token = world.token()
                .with("groups", "[\"near\"]")
                .with("_claim_names", "{\"groups\":\"src\"}")
                .with("_claim_sources", "{\"src\":" + endpoint("/claims/jane") + "}")
                .signed(World.KEY);

        assertThat(world.at(token))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.user().groups()).containsExactly("near"));
    }

    @Test
    void anAggregatedClaimIsLeftAlone() {
        assertThat(world.at(pointingTo("{\"JWT\":\"a.b.c\"}")))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.user().groups()).isEmpty());
    }

    @Test
    void namesWithoutSourcesAreRefused() {
        isRefused(
                world.token().with("_claim_names", "{\"address\":\"x\"}").signed(World.KEY),
                "_claim_sources does not have");
        isRefused(world.token().with("_claim_names", "[]").signed(World.KEY), "is no object");
        isRefused(
                world.token()
                        .with("_claim_names", "{\"groups\":7}")
                        .with("_claim_sources", "{}")
                        .signed(World.KEY),
                "_claim_sources does not have");
    }

    @Test
    void whatComesFromThereMustBeSignedByTheIssuerForUsForNowAndAboutTheSamePerson() {
        String token = pointingTo(endpoint("/claims/jane"));
        var stranger = SigningKey.rsa("stranger");
        world.issuer.serve(
                "/claims/jane",
                world.token()
                        .with("groups", "[\"x\"]")
                        .header("kid", "\"first\"")
                        .signed(stranger));
        isRefused(token, "failed to verify signature");
        serve("/claims/jane", world.token().with("groups", "[\"x\"]").text("iss", "https://evil.example"));
        isRefused(token, "signed by another issuer");
        serve("/claims/jane", world.token().with("groups", "[\"x\"]").text("aud", "other"));
        isRefused(token, "expected audience");
        serve("/claims/jane", world.token().with("groups", "[\"x\"]").with("exp", "1"));
        isRefused(token, "expired");
        serve("/claims/jane", world.token().with("groups", "[\"x\"]").text("sub", "john"));
        isRefused(token, "about somebody else");
        serve("/claims/jane", world.token());
        isRefused(token, "not in what came from there");
        serve("/claims/jane", world.token().with("groups", "[\"system:masters\"]"));
        isRefused(token, "one of Kubernetes' own");
        world.issuer.serve("/claims/jane", "{\"groups\":[\"x\"]}");
        isRefused(token, "not three parts");
    }

    @Test
    void aPlaceThatDoesNotAnswerIsNoAnswer() {
        for (Fault fault :
                List.of(Fault.status(500), Fault.redirect("/claims/other"), Fault.huge(1 << 20), Fault.status(401))) {
            world.issuer.fault("/claims/jane", fault);
            assertThat(world.judged(pointingTo(endpoint("/claims/jane"))))
                    .isInstanceOfSatisfying(
                            Outcome.Unavailable.class,
                            unavailable -> assertThat(unavailable.what())
                                    .contains("distributed claim \"groups\"")
                                    .doesNotContain("t0ken"));
        }
        assertThat(world.issuer.asked("/claims/other")).isZero();
    }

    @Test
    void aTokenThatBreaksTheHeaderIsNotSent() {
        isRefused(
                pointingTo(
                        "{\"endpoint\":\"" + world.issuer.url() + "/claims/jane\",\"access_token\":\"a\\r\\nX: y\"}"),
                "no bearer token");
    }
}
