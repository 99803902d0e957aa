package dev.muster.authn.oidc;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.User;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.crypto.jose.MalformedJws;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What would be said of a token beside its signature: to rehearse a configuration, never to let anybody in.
 *
 * @param settings of the issuer that the token names
 */
public record UnsignedLook(IssuerSettings settings) {

    /** Why the token is refused before its claims are mapped: its type, its audience, its times, its algorithm. */
    public Optional<Outcome> token(CompactJws jws, Map<String, Object> claims, Instant now) {
        CompactJws.Header header;
        try {
            header = jws.header();
        } catch (MalformedJws e) {
            return Optional.of(Outcome.refused(Reason.MALFORMED, e.getMessage()));
        }
        return TokenType.problem(header.type(), claims)
                .map(problem -> Outcome.refused(Reason.WRONG_PURPOSE, problem))
                .or(() -> new TokenClaims(claims).problem(settings.audiences(), now));
    }

    /** Why nobody may be this user, whatever rules made it. */
    public Optional<String> user(User user) {
        return FinalLook.problem(user, settings.trust().systemNames());
    }
}
