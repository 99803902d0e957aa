package dev.muster.core.issuing;

import dev.muster.core.secret.Secret;
import java.time.Instant;

/** Makes tokens of service accounts. */
public interface AccountTokenIssuer {

    /** A token with an end. */
    Issued issue(TokenOrder order);

    /** A token without an end, which lives as long as the secret that holds it. */
    Secret forSecret(AccountId account, String secretName);

    /**
     * What was made.
     *
     * @param id names the token in audit and revocations ({@code jti})
     * @param at when its life began, in whole seconds
     */
    record Issued(Secret token, String id, Instant at) {}
}
