package dev.muster.authn.bearer;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Credentials;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import dev.muster.core.identity.Trail;
import dev.muster.core.secret.Secret;

/**
 * Takes the token out of {@code Authorization: Bearer} (RFC 6750 section 2.1, read as Kubernetes reads it) and asks whose it is. A
 * token that nobody knows is refused, so that its bearer is not taken for somebody who presented none.
 */
public final class BearerExtractor implements Authenticator {

    /** Its sender is told of the header that does not count, whatever becomes of the request. */
    private static final Outcome IGNORED = new Outcome.NotMine(Trail.warning(
            "the provided Authorization header contains extra space before the bearer token, and is ignored"));

    private static final Outcome UNKNOWN = Outcome.refused(Reason.UNKNOWN, "invalid bearer token");

    private final TokenAuthenticator tokens;

    public BearerExtractor(TokenAuthenticator tokens) {
        this.tokens = tokens;
    }

    @Override
    public Outcome authenticate(Credentials presented) {
        var parts = parts(presented);
        String token = token(parts);
        if (token.isEmpty()) {
            return isSpaced(parts) ? IGNORED : Outcome.NOT_MINE;
        }
        return tokens.authenticate(Secret.of(token), presented.wanted())
                .then(outcome -> outcome instanceof Outcome.NotMine ? UNKNOWN.with(outcome.trail()) : outcome);
    }

    /** Whether there are two spaces where one belongs, so that the token between them is empty. */
    private static boolean isSpaced(String[] parts) {
        return parts.length == 3 && parts[0].equalsIgnoreCase("bearer") && parts[1].isEmpty();
    }

    /** At most three: scheme, token, and whatever follows, which is ignored. The first header line alone counts. */
    private static String[] parts(Credentials presented) {
        var lines = presented.header("Authorization");
        return lines.isEmpty() ? new String[0] : lines.getFirst().strip().split(" ", 3);
    }

    private static String token(String[] parts) {
        return parts.length < 2 || !parts[0].equalsIgnoreCase("bearer") ? "" : parts[1];
    }
}
