package dev.muster.authn.request;

import static dev.muster.testkit.authn.AuthenticatorConformance.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.meta.ApiObject;
import dev.muster.authn.audience.AudienceAgnostic;
import dev.muster.authn.bootstrap.BootstrapTokens;
import dev.muster.authn.request.RequestAuthentication.AnonymousAccess;
import dev.muster.authn.request.RequestAuthentication.Parts;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.clock.ManualClock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bootstrap tokens where they stand among the others. */
class BootstrapTokensInTheChainTest {

    private static final Audiences OWN = Audiences.of("https://kubernetes.default.svc");
    private static final String GOOD = "abcdef.0123456789abcdef";

    private static RequestAuthentication chain(String expiration) {
        var tree = JsonNodeFactory.instance.objectNode().put("type", "bootstrap.kubernetes.io/token");
        var data = tree.putObject("data");
        Map.of(
                        "token-id", "abcdef",
                        "token-secret", "0123456789abcdef",
                        "usage-bootstrap-authentication", "true",
                        "expiration", expiration)
                .forEach((key, value) ->
                        data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        var tokens = new BootstrapTokens(
                name -> name.equals("bootstrap-token-abcdef") ? Optional.of(ApiObject.of(tree)) : Optional.empty(),
                new ManualClock());
        return RequestAuthentication.of(new Parts(
                Optional.empty(),
                List.of(),
                List.of(AudienceAgnostic.ofTokens(OWN, tokens)),
                OWN,
                new AnonymousAccess.Everywhere()));
    }

    private static Outcome of(RequestAuthentication chain, Presented presented) {
        return settled(chain.requests().authenticate(presented));
    }

    @Test
    void whoIsAcceptedIsAuthenticatedLast() {
        assertThat(of(chain(""), Presented.bearer(GOOD)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.user())
                                .isEqualTo(User.of(
                                        "system:bootstrap:abcdef", "system:bootstrappers", User.AUTHENTICATED)));
    }

    @Test
    void whoIsRefusedIsNeverAnonymous() {
        for (String expiration : List.of("2001-01-01T00:00:00Z", "garbage")) {
            assertThat(of(chain(expiration), Presented.bearer(GOOD)))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.detailForLog()).isEqualTo("invalid bearer token"));
        }
        assertThat(of(chain(""), Presented.bearer("abcdef.0123456789abcdee"))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aReviewForAnotherAudienceFindsNobody() {
        var tokens = chain("").tokens();
        var token = Secret.of(GOOD);
        assertThat(settled(tokens.authenticate(token, OWN)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.audiences()).isEqualTo(OWN));
        assertThat(settled(tokens.authenticate(token, Audiences.of("vault")))).isInstanceOf(Outcome.Refused.class);
        assertThat(settled(tokens.authenticate(Secret.of(GOOD + "\n"), OWN))).isInstanceOf(Outcome.Refused.class);
    }
}
