package dev.muster.server.whois;

import dev.muster.authn.tokenfile.TokenFile;
import dev.muster.authn.x509.X509Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.x509.ChainVerdict;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.TrustBundle;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Says of a credential who it is and which authenticator would take it. */
final class Judge {

    private final TrustBundle clientCas;
    private final String clientCaNames;
    private final ClientChainVerifier verifier;
    private final Optional<TokenFile> tokens;
    private final InstantSource clock;

    /** @param clientCaNames the files of the bundle, for people */
    Judge(
            TrustBundle clientCas,
            String clientCaNames,
            ClientChainVerifier verifier,
            Optional<TokenFile> tokens,
            InstantSource clock) {
        this.clientCas = clientCas;
        this.clientCaNames = clientCaNames;
        this.verifier = verifier;
        this.tokens = tokens;
        this.clock = clock;
    }

    Verdict of(Presented presented) {
        return switch (presented) {
            case Presented.Certificate c -> certificate(c.origin(), c.chain());
            case Presented.Token t -> token(t.origin(), t.token());
            case Presented.Command c ->
                new Verdict.Writer()
                        .line("Credential", "from a command (" + c.origin() + ")")
                        .line("Command", c.command())
                        .line("Accepted", "unknown: the command is not run here; run it and give its token to whois -")
                        .accepted(false);
            case Presented.Nothing n ->
                new Verdict.Writer()
                        .line("Credential", "none (" + n.origin() + ")")
                        .line("User", User.ANONYMOUS + ", if anonymous requests are let in")
                        .accepted(false);
        };
    }

    private Verdict certificate(String origin, List<X509Certificate> chain) {
        X509Certificate leaf = chain.getFirst();
        var say = new Verdict.Writer().line("Credential", "client certificate (" + origin + ")");
        Outcome claimed = X509Authenticator.describe(leaf);
        switch (claimed) {
            case Outcome.Accepted accepted -> who(say, accepted.user());
            case Outcome.Refused refused -> say.line("User", "none: " + refused.detailForLog());
            case Outcome other -> say.line("User", "none: the certificate has no common name");
        }
        say.line("Issuer", leaf.getIssuerX500Principal().getName())
                .line("Serial", leaf.getSerialNumber().toString(16))
                .line("From", leaf.getNotBefore().toInstant().toString())
                .line("Until", until(leaf.getNotAfter().toInstant()));
        if (clientCas.isEmpty()) {
            return say.line("Accepted", "no: no client CA is known here; name one with --client-ca-file")
                    .accepted(false);
        }
        return switch (verifier.verify(chain, clientCas)) {
            case ChainVerdict.Trusted trusted -> {
                boolean named = claimed instanceof Outcome.Accepted;
                yield say.line(
                                "Authenticator",
                                "x509, by "
                                        + trusted.chain()
                                                .getLast()
                                                .getSubjectX500Principal()
                                                .getName() + " of " + clientCaNames)
                        .line("Accepted", named ? "yes" : "no: it names nobody")
                        .accepted(named);
            }
            case ChainVerdict.Refused refused ->
                say.line("Authenticator", "none would take it")
                        .line("Accepted", "no: " + refused.detail())
                        .accepted(false);
        };
    }

    private Verdict token(String origin, Secret token) {
        var say = new Verdict.Writer().line("Credential", "bearer token (" + origin + ")");
        Optional<User> known = tokens.flatMap(t -> t.find(token));
        if (known.isPresent()) {
            who(say, known.get());
            return say.line("Until", "for ever: tokens of a file do not expire")
                    .line("Authenticator", "token file")
                    .line("Accepted", "yes")
                    .accepted(true);
        }
        JwtClaims.read(token).ifPresent(claims -> {
            say.line("Claims to be", claims.subject() + " of " + claims.issuer() + " (not verified)");
            claims.expiry().ifPresent(end -> say.line("Until", until(end)));
        });
        return say.line("Authenticator", "none would take it")
                .line("Accepted", "no: nobody knows this token")
                .accepted(false);
    }

    private static void who(Verdict.Writer say, User user) {
        var groups = new java.util.ArrayList<>(user.groups());
        if (!groups.contains(User.AUTHENTICATED)) {
            groups.add(User.AUTHENTICATED);
        }
        say.line("User", user.name());
        if (!user.uid().isEmpty()) {
            say.line("UID", user.uid());
        }
        say.line("Groups", String.join(", ", groups));
        user.extra().forEach((key, values) -> say.line("Extra", key + " = " + String.join(", ", values)));
        if (user.isIn(User.MASTERS)) {
            say.line("Note", User.MASTERS + " is allowed everything, and no policy can take that away");
        }
    }

    private String until(Instant end) {
        Instant now = clock.instant();
        boolean over = end.isBefore(now);
        Duration left = Duration.between(over ? end : now, over ? now : end);
        String span = left.toDays() > 1
                ? left.toDays() + " days"
                : left.toHours() > 1 ? left.toHours() + " hours" : left.toMinutes() + " minutes";
        return end.truncatedTo(ChronoUnit.SECONDS) + (over ? " (expired " + span + " ago)" : " (in " + span + ")");
    }
}
