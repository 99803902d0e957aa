package dev.muster.authn.audience;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.TokenAuthenticator;
import java.util.function.Supplier;

/**
 * Gives authenticators that do not know audiences the API server's own: a credential of theirs is good for these and for no
 * others, so a caller who wants another audience is told "not mine".
 */
public final class AudienceAgnostic {

    private AudienceAgnostic() {}

    /**
     * @param own the audiences of this API server
     */
    public static Authenticator of(Audiences own, Authenticator inner) {
        return presented -> within(own, presented.wanted(), () -> inner.authenticate(presented));
    }

    public static TokenAuthenticator ofTokens(Audiences own, TokenAuthenticator inner) {
        return (token, wanted) -> within(own, wanted, () -> inner.authenticate(token, wanted));
    }

    private static Outcome within(Audiences own, Audiences wanted, Supplier<Outcome> ask) {
        if (wanted.isUnspecified()) {
            return ask.get();
        }
        var common = wanted.intersect(own);
        if (common.isUnspecified()) {
            return Outcome.NOT_MINE;
        }
        return ask.get().then(outcome -> {
            if (!(outcome instanceof Outcome.Accepted accepted)) {
                return outcome;
            }
            if (!accepted.audiences().isUnspecified()) {
                throw new IllegalStateException("an authenticator that knows audiences is wrapped as if it did not");
            }
            return new Outcome.Accepted(accepted.user(), common, accepted.warnings(), accepted.proof());
        });
    }
}
