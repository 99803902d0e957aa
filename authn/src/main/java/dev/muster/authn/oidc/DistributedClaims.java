package dev.muster.authn.oidc;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.crypto.jose.MalformedJws;
import dev.muster.http.call.Call;
import dev.muster.http.call.CallFailed;
import dev.muster.http.call.HttpsClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Claims that lie elsewhere (OpenID Connect Core 1.0 section 5.6.2): fetched from where the token says, if the configuration has that
 * place, as a token that the same issuer signed for the same audience and subject. Aggregated claims ({@code JWT} in the source) are
 * left alone, as in Kubernetes.
 */
final class DistributedClaims {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final OidcAuthenticator issuer;
    private final IssuerSettings settings;
    private final HttpsClient client;

    DistributedClaims(OidcAuthenticator issuer, IssuerSettings settings, HttpsClient client) {
        this.issuer = issuer;
        this.settings = settings;
        this.client = client;
    }

    /**
     * Goes on with the claims, complete.
     *
     * @param wanted which of them may lie elsewhere
     */
    Outcome resolve(Claims claims, Set<String> wanted, Function<Claims, Outcome> next) {
        if (!claims.has("_claim_names")) {
            return next.apply(claims);
        }
        if (!(claims.tree().get("_claim_names") instanceof Map<?, ?> names)) {
            return refused("claim _claim_names is no object");
        }
        var sources = claims.tree().get("_claim_sources") instanceof Map<?, ?> map ? map : Map.of();
        for (var entry : names.entrySet()) {
            if (!(entry.getValue() instanceof String source) || !(sources.get(source) instanceof Map<?, ?>)) {
                return refused("claim _claim_names says of " + Plain.quoted(String.valueOf(entry.getKey()))
                        + " that it lies in a source that _claim_sources does not have");
            }
        }
        for (String name : wanted) {
            if (!claims.has(name)
                    && names.get(name) instanceof String source
                    && sources.get(source) instanceof Map<?, ?> place
                    && place.get("endpoint") instanceof String endpoint) {
                return resolve(claims, name, endpoint, token(place), next);
            }
        }
        return next.apply(claims);
    }

    private static Optional<String> token(Map<?, ?> place) {
        return place.get("access_token") instanceof String token && !token.isEmpty()
                ? Optional.of(token)
                : Optional.empty();
    }

    private Outcome resolve(
            Claims claims, String name, String endpoint, Optional<String> token, Function<Claims, Outcome> next) {
        var at = allowed(endpoint);
        if (at.isEmpty()) {
            return refused("claim " + Plain.quoted(name) + " lies at " + Plain.quoted(endpoint)
                    + ", which is none of the places that may be asked for claims: "
                    + Plain.quoted(settings.trust().claimEndpoints()));
        }
        if (token.filter(text -> text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f))
                .isPresent()) {
            return refused("the access token of the source of claim " + Plain.quoted(name) + " is no bearer token");
        }
        return new Outcome.Elsewhere(() -> fetched(claims, name, at.get(), token, next));
    }

    private Outcome fetched(
            Claims claims, String name, URI at, Optional<String> token, Function<Claims, Outcome> next) {
        try {
            var reply = client.send(token.map(bearer -> Call.get(at, bearer, CompactJws.LONGEST, DEADLINE))
                    .orElseGet(() -> new Call(at, Map.of(), Optional.empty(), CompactJws.LONGEST, DEADLINE, false)));
            if (reply.status() < 200 || reply.status() > 226) {
                return unavailable(name, new CallRefused(at + ": answered " + reply.status()));
            }
            return judged(claims, name, new String(reply.body(), StandardCharsets.US_ASCII).strip(), next);
        } catch (CallFailed e) {
            return unavailable(name, e);
        }
    }

    private static Outcome unavailable(String name, Exception cause) {
        return new Outcome.Unavailable("distributed claim " + Plain.quoted(name) + ": " + cause.getMessage(), cause);
    }

    /** Somebody answered, and not with a claim. */
    private static final class CallRefused extends Exception {
        private static final long serialVersionUID = 1L;

        CallRefused(String message) {
            super(message, null, false, false);
        }
    }

    private Outcome judged(Claims claims, String name, String text, Function<Claims, Outcome> next) {
        String what = "distributed claim " + Plain.quoted(name) + ": ";
        OidcAuthenticator.Token token;
        try {
            var jws = CompactJws.parse(text);
            token = new OidcAuthenticator.Token(jws, jws.wholeClaims());
        } catch (MalformedJws e) {
            return Outcome.refused(Reason.MALFORMED, what + e.getMessage());
        }
        if (!settings.url().equals(token.tree().get("iss"))) {
            return refused(what + "signed by another issuer, "
                    + Plain.quoted(String.valueOf(token.tree().get("iss"))));
        }
        if (token.tree().get("sub") != null
                && !token.tree().get("sub").equals(claims.tree().get("sub"))) {
            return refused(what + "it is about somebody else (sub)");
        }
        var outcome = OidcAuthenticator.settled(issuer.verified(
                token,
                genuine -> genuine.tree().containsKey(name)
                        ? next.apply(claims.with(name, genuine.tree().get(name)))
                        : refused(what + "it is not in what came from there")));
        return OidcAuthenticator.settled(outcome);
    }

    /** No tricks with dots, encoded slashes and such: what is compared is what is called. */
    private Optional<URI> allowed(String endpoint) {
        URI uri;
        try {
            uri = new URI(endpoint);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().toLowerCase(Locale.ROOT);
        if (!uri.normalize().equals(uri) || path.contains("%2e") || path.contains("%2f") || path.contains("%5c")) {
            return Optional.empty();
        }
        return settings.trust().claimEndpoints().stream()
                        .anyMatch(place -> place.endsWith("/") ? endpoint.startsWith(place) : endpoint.equals(place))
                ? Optional.of(uri)
                : Optional.empty();
    }

    private static Outcome refused(String detail) {
        return Outcome.refused(Reason.POLICY, detail);
    }
}
