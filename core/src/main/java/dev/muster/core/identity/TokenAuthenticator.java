package dev.muster.core.identity;

import dev.muster.core.secret.Secret;

/** Judges a bearer token, however it arrived. The same rules as for {@link Authenticator} hold. */
@FunctionalInterface
public interface TokenAuthenticator {

    /**
     * Whose token is this?
     *
     * @param token the bearer token; never empty
     * @param wanted the audiences the caller needs it for; unspecified = any
     */
    Outcome authenticate(Secret token, Audiences wanted);
}
