package dev.muster.authn.serviceaccount;

import dev.muster.authn.request.RequestAuthentication;
import dev.muster.core.identity.Authenticator;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.authn.Presented;
import java.util.List;
import java.util.Optional;

class BoundTokensConformanceTest extends AuthenticatorConformance {

    private final World world = new World();
    private final String token = world.token().reveal();
    private final Authenticator chain = RequestAuthentication.of(new RequestAuthentication.Parts(
                    Optional.empty(),
                    List.of(),
                    List.of(world.legacy, world.bound),
                    World.OWN,
                    new RequestAuthentication.AnonymousAccess.Off()))
            .requests();

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
