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

    private static final String SCHEME = "bearer";

    private final TokenAuthenticator tokens;

    public BearerExtractor(TokenAuthenticator tokens) {
        this.tokens = tokens;
    }

    @Override
    public Outcome authenticate(Credentials presented) {
        var lines = presented.header("authorization");
        // The first header line alone counts.
        String line = lines.isEmpty() ? "" : lines.getFirst().strip();
        int after = SCHEME.length();
        if (line.length() <= after || line.charAt(after) != ' ' || !line.regionMatches(true, 0, SCHEME, 0, after)) {
            return Outcome.NOT_MINE;
        }
        // Whatever follows the token is ignored.
        int end = line.indexOf(' ', after + 1);
        String token = end < 0 ? line.substring(after + 1) : line.substring(after + 1, end);
        if (token.isEmpty()) {
            return IGNORED;
        }
        return tokens.authenticate(Secret.of(token), presented.wanted())
                .then(outcome -> outcome instanceof Outcome.NotMine ? UNKNOWN.with(outcome.trail()) : outcome);
    }
}
