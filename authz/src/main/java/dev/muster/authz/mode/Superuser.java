package dev.muster.authz.mode;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;

/** Allows the group {@code system:masters} everything. Stands before all configured authorizers, even ones that deny. */
public final class Superuser implements Authorizer {

    private static final Decision ALLOWED = Decision.allow("");

    @Override
    public Decision authorize(Attributes attributes) {
        return attributes.user().isIn(User.MASTERS) ? ALLOWED : Decision.NO_OPINION;
    }
}
