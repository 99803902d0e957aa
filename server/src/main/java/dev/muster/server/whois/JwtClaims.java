package dev.muster.server.whois;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.codec.Json;
import dev.muster.api.codec.MalformedBody;
import dev.muster.core.secret.Secret;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** What a JWT says of itself, with nothing verified: for people, never for decisions. */
record JwtClaims(String issuer, String subject, Optional<Instant> expiry) {

    static Optional<JwtClaims> read(Secret token) {
        String[] parts = token.reveal().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims =
                    Json.parseObject(Base64.getUrlDecoder().decode(parts[1])).value();
            long end = claims.path("exp").asLong(0);
            return Optional.of(new JwtClaims(
                    claims.path("iss").asText("?"),
                    claims.path("sub").asText("?"),
                    end > 0 && end < 1L << 40 ? Optional.of(Instant.ofEpochSecond(end)) : Optional.empty()));
        } catch (IllegalArgumentException | MalformedBody e) {
            return Optional.empty();
        }
    }
}
