package dev.muster.authz.mode;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.User;
import java.util.List;

/** {@code --authorization-mode=AlwaysDeny}: allows nothing. As in Kubernetes no opinion, so that a later mode may allow. */
public final class AlwaysDeny implements Authorizer, RuleResolver {

    private static final Decision FORBIDDEN =
            new Decision.NoOpinion(Decision.Grounds.of("Everything is forbidden."), false);

    @Override
    public Decision authorize(Attributes attributes) {
        return FORBIDDEN;
    }

    @Override
    public Rules rulesFor(User user, String namespace) {
        return new Rules(List.of(), List.of(), false, List.of());
    }
}
