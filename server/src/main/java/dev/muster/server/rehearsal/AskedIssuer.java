package dev.muster.server.rehearsal;

import dev.muster.authn.oidc.ClaimRules;
import dev.muster.authn.oidc.Claims;
import dev.muster.authn.oidc.Issuer;
import dev.muster.authn.oidc.OidcIssuers;
import dev.muster.authn.oidc.OidcWatcher;
import dev.muster.authn.oidc.Outside;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.provider.Signatures;
import dev.muster.http.call.CallWatcher;
import dev.muster.http.call.HttpsClient;
import dev.muster.http.call.ProxyVariables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Has the issuer's keys fetched, as a server would, and the token judged by them. */
final class AskedIssuer {

    /** What these would log is in the report; kept, since loggers that nobody holds forget their level. */
    private static final Logger SERVERS_LOG = Logger.getLogger("dev.muster.authn.oidc");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private AskedIssuer() {}

    /** Whoever comes as far as the rules is genuine; who it is, the rehearsal says. */
    private record Listening(ClaimRules rules, AtomicReference<Claims> claims) implements ClaimRules {
        Listening(ClaimRules rules) {
            this(rules, new AtomicReference<>());
        }

        @Override
        public Outcome judge(Claims verified) {
            claims.set(verified);
            return Outcome.accepted(User.of("somebody"));
        }

        @Override
        public Set<String> distributed() {
            return rules.distributed();
        }
    }

    static Signature signature(Issuer issuer, Secret token, InstantSource clock) throws InterruptedException {
        SERVERS_LOG.setLevel(Level.OFF);
        var heard = new Listening(issuer.rules());
        var listening = new Issuer(issuer.settings(), heard);
        try (var timer = Executors.newSingleThreadScheduledExecutor();
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var issuers = new OidcIssuers(new Outside(
                        trusted -> HttpsClient.of(trusted, ProxyVariables.of(System.getenv()), CallWatcher.NONE),
                        Signatures.jdk(),
                        clock,
                        timer,
                        threads,
                        OidcWatcher.NONE))) {
            try {
                var prepared = issuers.prepare(List.of(listening));
                var wrong = prepared.awaitReady(PATIENCE);
                issuers.adopt(prepared);
                if (wrong.isPresent()) {
                    return new Signature.Unknown("the issuer's keys cannot be had: " + wrong.get());
                }
                var outcome = issuers.authenticate(token, Audiences.UNSPECIFIED);
                var settled = outcome instanceof Outcome.Elsewhere elsewhere
                        ? elsewhere.ask().get()
                        : outcome;
                return signature(settled, heard.claims.get());
            } finally {
                timer.shutdownNow();
            }
        }
    }

    private static Signature signature(Outcome outcome, Claims claims) {
        if (claims != null) {
            return new Signature.Good(claims.tree());
        }
        return switch (outcome) {
            case Outcome.Refused refused -> new Signature.Bad(refused.reason() + ": " + refused.detailForLog());
            case Outcome.Unavailable unavailable -> new Signature.Unknown(unavailable.what());
            default -> new Signature.Unknown("the issuer did not judge it");
        };
    }
}
