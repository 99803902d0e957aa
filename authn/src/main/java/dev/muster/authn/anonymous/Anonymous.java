package dev.muster.authn.anonymous;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Credentials;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import java.util.Set;

/**
 * Makes {@code system:anonymous} of a request that presented nothing. Wraps the whole of the other authenticators and acts on
 * {@link Outcome.NotMine} alone: refused, and cannot be judged now, stay what they are. Warnings met on the way go to somebody
 * who is anonymous though they meant not to be.
 */
public final class Anonymous implements Authenticator {

    private final Authenticator others;
    private final Set<String> paths;

    /**
     * @param paths the raw paths where it is allowed, compared exactly; empty for everywhere
     */
    public Anonymous(Authenticator others, Set<String> paths) {
        this.others = others;
        this.paths = Set.copyOf(paths);
    }

    @Override
    public Outcome authenticate(Credentials presented) {
        return others.authenticate(presented).then(outcome -> {
            boolean here = paths.isEmpty() || paths.contains(presented.path());
            return outcome instanceof Outcome.NotMine && here
                    ? new Outcome.Accepted(
                            User.anonymous(),
                            presented.wanted(),
                            outcome.trail().warnings())
                    : outcome;
        });
    }
}
