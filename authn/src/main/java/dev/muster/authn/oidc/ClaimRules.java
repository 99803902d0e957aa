package dev.muster.authn.oidc;

import dev.muster.core.identity.Outcome;
import java.util.Set;

/**
 * Makes a user of verified claims, or says which claim or expression forbids it. Never throws for anything a token can say.
 *
 * <p>Whatever it makes is looked over once more: an empty name, one that nobody can read, {@code system:} and what is too long are
 * refused by {@link OidcAuthenticator}.
 */
public interface ClaimRules {

    /**
     * Accepted with a user (audiences and proof are added later), refused with the exact cause, or elsewhere when the judging is
     * too much for the calling thread.
     *
     * <p>The user carries {@link Claims#credentialIds()} under {@link dev.muster.core.identity.User#CREDENTIAL_ID}, after extras of
     * its own.
     */
    Outcome judge(Claims claims);

    /** Claims that are fetched when the token says that they lie elsewhere, and it does not have them itself. */
    default Set<String> distributed() {
        return Set.of();
    }
}
