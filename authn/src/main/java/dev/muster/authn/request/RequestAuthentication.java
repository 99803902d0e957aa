package dev.muster.authn.request;

import dev.muster.authn.anonymous.Anonymous;
import dev.muster.authn.audience.AudienceAgnostic;
import dev.muster.authn.audience.AudienceCheck;
import dev.muster.authn.bearer.BearerExtractor;
import dev.muster.authn.grouped.Grouped;
import dev.muster.authn.revocable.Revocable;
import dev.muster.authn.websocket.ProtocolExtractor;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Chain;
import dev.muster.core.identity.Named;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Puts the authenticators together in Kubernetes' order. Read from the inside: certificates, then tokens however they come; then
 * the group of all who are authenticated; then the check of audiences; then what was taken back; around all of it, anonymous.
 *
 * @param requests judges requests: who they are, or anonymous, or no
 * @param tokens judges a token alone, as a TokenReview asks: never anonymous, and never not-mine
 */
public record RequestAuthentication(Authenticator requests, TokenAuthenticator tokens) {

    /**
     * What there is to put together.
     *
     * @param certificates judges what a TLS peer presents
     * @param unaware judge tokens without knowing audiences, in order: the token file, ...
     * @param aware judge tokens by audience too, asked after the others, in order
     * @param audiences the API server's own; unspecified when it has none
     */
    public record Parts(
            Optional<Authenticator> certificates,
            List<TokenAuthenticator> unaware,
            List<TokenAuthenticator> aware,
            Audiences audiences,
            AnonymousAccess anonymous) {

        public Parts {
            unaware = List.copyOf(unaware);
            aware = List.copyOf(aware);
        }
    }

    /** Whether somebody who presents nothing is let in as anonymous. */
    public sealed interface AnonymousAccess {
        /** Nowhere. */
        record Off() implements AnonymousAccess {}

        /** Everywhere. */
        record Everywhere() implements AnonymousAccess {}

        /**
         * On these raw paths.
         *
         * @param paths compared exactly; at least one
         */
        record On(Set<String> paths) implements AnonymousAccess {
            public On {
                paths = Set.copyOf(paths);
                if (paths.isEmpty()) {
                    throw new IllegalArgumentException("anonymous access on no path is no anonymous access");
                }
            }
        }
    }

    private static final Outcome UNKNOWN = Outcome.refused(Reason.UNKNOWN, "invalid bearer token");

    /** Without revocation. */
    public static RequestAuthentication of(Parts parts) {
        return of(parts, checked -> checked, checked -> checked);
    }

    /** @param revocable asked of everybody who was accepted */
    public static RequestAuthentication of(Parts parts, Revocable revocable) {
        return of(parts, revocable::requests, revocable::tokens);
    }

    private static RequestAuthentication of(
            Parts parts, UnaryOperator<Authenticator> requests, UnaryOperator<TokenAuthenticator> reviews) {
        var agnostic = parts.unaware().stream()
                .map(inner -> AudienceAgnostic.ofTokens(parts.audiences(), inner))
                .toList();
        var tokens = Chain.ofTokens(
                Stream.concat(agnostic.stream(), parts.aware().stream()).toList());
        var bearer = Named.of("bearer token", "no bearer token was presented", new BearerExtractor(tokens));
        var bearers = Chain.of(List.of(bearer, new ProtocolExtractor(tokens)));
        var known = parts.certificates()
                .map(inner -> AudienceAgnostic.of(parts.audiences(), inner))
                .map(certificates -> Chain.of(List.of(certificates, bearers)))
                .orElse(bearers);
        var checked = AudienceCheck.of(Grouped.of(known));
        return new RequestAuthentication(
                anonymous(parts.anonymous(), requests.apply(checked)),
                reviewing(reviews.apply(AudienceCheck.ofTokens(Grouped.ofTokens(tokens)))));
    }

    private static Authenticator anonymous(AnonymousAccess access, Authenticator others) {
        return switch (access) {
            case AnonymousAccess.Off _ -> others;
            case AnonymousAccess.Everywhere _ -> new Anonymous(others, Set.of());
            case AnonymousAccess.On on -> new Anonymous(others, on.paths());
        };
    }

    /** A token with white space could not have come in a header: cutting it there would review another token. */
    private static TokenAuthenticator reviewing(TokenAuthenticator tokens) {
        return (token, wanted) -> Blank.isIn(token)
                ? UNKNOWN
                : tokens.authenticate(token, wanted)
                        .then(outcome ->
                                outcome instanceof Outcome.NotMine nobody ? UNKNOWN.with(nobody.trail()) : outcome);
    }
}
