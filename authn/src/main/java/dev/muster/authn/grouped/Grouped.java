package dev.muster.authn.grouped;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.User;

/** Adds {@code system:authenticated} at the end of the groups of everybody who proved an identity. */
public final class Grouped {

    private Grouped() {}

    public static Authenticator of(Authenticator inner) {
        return presented -> inner.authenticate(presented).then(Grouped::grouped);
    }

    public static TokenAuthenticator ofTokens(TokenAuthenticator inner) {
        return (token, wanted) -> inner.authenticate(token, wanted).then(Grouped::grouped);
    }

    private static Outcome grouped(Outcome outcome) {
        if (!(outcome instanceof Outcome.Accepted accepted) || hasSay(accepted.user())) {
            return outcome;
        }
        var user = accepted.user().withGroup(User.AUTHENTICATED);
        return new Outcome.Accepted(user, accepted.audiences(), accepted.warnings(), accepted.proof());
    }

    private static boolean hasSay(User user) {
        return user.name().equals(User.ANONYMOUS) || user.isIn(User.AUTHENTICATED) || user.isIn(User.UNAUTHENTICATED);
    }
}
