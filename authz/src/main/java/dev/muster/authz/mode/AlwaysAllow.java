package dev.muster.authz.mode;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.User;
import java.util.List;

/** {@code --authorization-mode=AlwaysAllow}: no authorization at all, for trials. */
public final class AlwaysAllow implements Authorizer, RuleResolver {

    private static final List<String> ALL = List.of("*");
    private static final Decision ALLOWED = Decision.allow("");

    @Override
    public Decision authorize(Attributes attributes) {
        return ALLOWED;
    }

    @Override
    public Rules rulesFor(User user, String namespace) {
        return new Rules(
                List.of(new ResourceRule(ALL, ALL, ALL, List.of())), List.of(new PathRule(ALL, ALL)), false, List.of());
    }
}
