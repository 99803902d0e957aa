package dev.muster.authn.oidc;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.crypto.jose.JwsAlgorithm;
import dev.muster.crypto.jose.MalformedJws;
import dev.muster.crypto.jose.VerificationKeys.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Judges the tokens of one issuer, in Kubernetes' order: for whom, when, algorithm, signature, claims. On the calling thread, as long
 * as the keys are known and no claim lies elsewhere.
 */
public final class OidcAuthenticator implements AutoCloseable {

    private final IssuerSettings settings;
    private final ClaimRules rules;
    private final IssuerKeys keys;
    private final Outside outside;
    private final DistributedClaims distributed;

    OidcAuthenticator(Issuer issuer, IssuerKeys keys, Outside outside) {
        this.settings = issuer.settings();
        this.rules = issuer.rules();
        this.keys = keys;
        this.outside = outside;
        this.distributed = new DistributedClaims(this, settings, keys.client());
    }

    /** A token, taken apart, with the one reading of its payload. */
    record Token(CompactJws jws, Map<String, Object> tree) {}

    /** A token that names this issuer. */
    Outcome judge(Token token) {
        long begun = System.nanoTime();
        return verified(token, this::decided).then(outcome -> {
            outside.watcher().judged(settings.url(), outcome, Duration.ofNanos(System.nanoTime() - begun));
            return outcome;
        });
    }

    /** What follows for a token that is genuine. */
    @FunctionalInterface
    interface Next {
        Outcome of(Token token);
    }

    /** Whether this issuer signed it, for us, for now. */
    Outcome verified(Token token, Next next) {
        CompactJws.Header header;
        try {
            header = token.jws().header();
        } catch (MalformedJws e) {
            return Outcome.refused(Reason.MALFORMED, e.getMessage());
        }
        return TokenType.problem(header.type(), token.tree())
                .map(problem -> Outcome.refused(Reason.WRONG_PURPOSE, problem))
                .or(() -> new TokenClaims(token.tree())
                        .problem(settings.audiences(), outside.clock().instant()))
                .or(() -> algorithm(header))
                .orElseGet(() -> signature(token, header, next));
    }

    private Optional<Outcome> algorithm(CompactJws.Header header) {
        return JwsAlgorithm.named(header.algorithm())
                        .filter(settings.algorithms()::contains)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Outcome.refused(
                        Reason.UNTRUSTED,
                        "signed with unsupported algorithm " + Plain.quoted(header.algorithm()) + ", expected one of "
                                + settings.algorithms().stream().sorted().toList()));
    }

    private Outcome signature(Token token, CompactJws.Header header, Next next) {
        var known = keys.known();
        if (known.isPresent()) {
            return signature(token, header, known.get(), next);
        }
        return keys.mayWait()
                ? new Outcome.Elsewhere(() -> {
                    keys.await();
                    return keys.known()
                            .map(now -> settled(signature(token, header, now, next)))
                            .orElseGet(this::unavailable);
                })
                : unavailable();
    }

    private Outcome signature(Token token, CompactJws.Header header, IssuerKeys.Known known, Next next) {
        return switch (known.keys().verify(token.jws(), header, settings.algorithms(), outside.signatures())) {
            case VERIFIED -> next.of(token);
            case BAD_SIGNATURE ->
                Outcome.refused(
                        Reason.UNTRUSTED,
                        "failed to verify signature: "
                                + header.keyId()
                                        .map(id -> "it is not the one of key " + Plain.key(id))
                                        .orElse("the token names no key, and it is none of "
                                                + known.keys().size() + " tried"));
            case NO_KEY -> unknownKey(token, header, known, next);
        };
    }

    private Outcome unknownKey(Token token, CompactJws.Header header, IssuerKeys.Known known, Next next) {
        String id = header.keyId().orElse("");
        if (!keys.isWorthAsking(id)) {
            return noSuchKey(id, known);
        }
        return new Outcome.Elsewhere(() -> {
            keys.awaitNewerThan(known, id);
            var fresh = keys.known().orElse(known);
            if (fresh.keys().verify(token.jws(), header, settings.algorithms(), outside.signatures())
                    == Verdict.NO_KEY) {
                return noSuchKey(id, fresh);
            }
            return settled(signature(token, header, fresh, next));
        });
    }

    private Outcome noSuchKey(String id, IssuerKeys.Known known) {
        var age = Duration.between(known.fetched(), outside.clock().instant()).toSeconds();
        return Outcome.refused(
                Reason.UNTRUSTED,
                "failed to verify signature: unknown key id " + Plain.key(id) + ", not among the "
                        + known.keys().size() + " keys of " + known.at() + ", fetched " + Math.max(0, age) + " s ago"
                        + keys.trouble().map(t -> "; since then: " + t.what()).orElse(""));
    }

    private Outcome unavailable() {
        String why = keys.trouble().map(IssuerKeys.Trouble::what).orElse("its keys have not been fetched yet");
        return new Outcome.Unavailable(
                "OpenID issuer " + settings.url() + ": authenticator not initialized: " + why,
                new TimeoutException(why));
    }

    private Outcome decided(Token token) {
        var claims = Claims.of(token.tree());
        return distributed.resolve(claims, rules.distributed(), whole -> user(token, whole));
    }

    private Outcome user(Token token, Claims claims) {
        return rules.judge(claims).then(outcome -> {
            if (!(outcome instanceof Outcome.Accepted accepted)) {
                return outcome;
            }
            return FinalLook.problem(accepted.user(), settings.trust().systemNames())
                    .map(problem -> Outcome.refused(Reason.POLICY, problem))
                    .orElseGet(() -> new Outcome.Accepted(
                            accepted.user(),
                            Audiences.UNSPECIFIED,
                            List.of(),
                            new TokenClaims(token.tree()).proof().by(settings.url())));
        });
    }

    /** On a thread that may block, what would be elsewhere is asked at once. */
    static Outcome settled(Outcome outcome) {
        return outcome instanceof Outcome.Elsewhere elsewhere ? elsewhere.ask().get() : outcome;
    }

    IssuerSettings settings() {
        return settings;
    }

    IssuerKeys keys() {
        return keys;
    }

    IssuerState state() {
        return keys.state();
    }

    @Override
    public void close() {
        keys.close();
    }
}
