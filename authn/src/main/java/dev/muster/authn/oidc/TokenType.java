package dev.muster.authn.oidc;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What kind of token it is (RFC 8725 section 3.11). Identity tokens and access tokens are told from what the same keys sign for other
 * ends: logout tokens, security events, proofs.
 */
final class TokenType {

    private static final Set<String> KNOWN = Set.of("jwt", "at+jwt");

    private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

    private TokenType() {}

    /** What is wrong with it as proof of who somebody is. */
    static Optional<String> problem(Optional<String> type, Map<String, Object> claims) {
        if (type.isPresent()) {
            String name = type.get().toLowerCase(Locale.ROOT);
            String media = name.startsWith("application/") ? name.substring("application/".length()) : name;
            if (!KNOWN.contains(media)) {
                return Optional.of("a token of type " + Plain.quoted(type.get()) + " says nothing of who presents it");
            }
        }
        return claims.get("events") instanceof Map<?, ?> events && events.containsKey(LOGOUT)
                ? Optional.of("a logout token says nothing of who presents it (claim events)")
                : Optional.empty();
    }
}
