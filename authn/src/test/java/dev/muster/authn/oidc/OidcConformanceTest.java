package dev.muster.authn.oidc;

import dev.muster.authn.request.RequestAuthentication;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.authn.Presented;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OidcConformanceTest extends AuthenticatorConformance {

    private static World world;
    private static String token;
    private static Authenticator chain;

    @BeforeAll
    static void begin() throws InterruptedException {
        world = World.ready();
        token = world.token().text("jti", "t-1").signed(World.KEY);
        var issuers = world.issuers;
        chain = RequestAuthentication.of(new RequestAuthentication.Parts(
                        Optional.empty(),
                        List.of(issuers),
                        List.of(),
                        Audiences.of("https://kubernetes"),
                        new RequestAuthentication.AnonymousAccess.Off()))
                .requests();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @Override
    protected Authenticator authenticator() {
        return chain;
    }

    @Override
    protected Presented good() {
        return Presented.NOTHING.with("Authorization", "Bearer " + token);
    }

    @Override
    protected List<String> secrets() {
        return List.of(token, token.substring(token.lastIndexOf('.') + 1));
    }
}
