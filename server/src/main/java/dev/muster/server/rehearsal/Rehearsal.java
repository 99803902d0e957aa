package dev.muster.server.rehearsal;

import dev.muster.authn.oidc.Claims;
import dev.muster.authn.oidc.Issuer;
import dev.muster.authn.oidc.UnsignedLook;
import dev.muster.authn.structured.AuthenticationConfiguration;
import dev.muster.authn.structured.MappedRules;
import dev.muster.authn.structured.Step;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.crypto.jose.MalformedJws;
import dev.muster.server.flags.Quote;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Walks with one token through a configuration and says what each part makes of it. */
final class Rehearsal {

    private static final String GOOGLE = "https://accounts.google.com";

    private final AuthenticationConfiguration configuration;
    private final InstantSource clock;
    private final boolean offline;
    private final Consumer<String> say;

    Rehearsal(AuthenticationConfiguration configuration, InstantSource clock, boolean offline, Consumer<String> say) {
        this.configuration = configuration;
        this.clock = clock;
        this.offline = offline;
        this.say = say;
    }

    /** Whether it would be accepted, as far as can be told from here. */
    boolean of(Secret token) throws InterruptedException {
        CompactJws jws;
        Map<String, Object> claims;
        try {
            jws = CompactJws.parse(token.reveal());
            claims = jws.wholeClaims();
        } catch (MalformedJws e) {
            say.accept("Token:      not a JSON web token: " + e.getMessage());
            return result(Optional.of("no issuer of this file would look at it"), Optional.empty());
        }
        String name = claims.get("iss") instanceof String iss ? iss : "";
        var issuer = issuer(name);
        if (issuer < 0) {
            say.accept("Token:      names the issuer " + Quote.go(name) + ", which is none of this file's:");
            configuration
                    .issuers()
                    .forEach(one -> say.accept(
                            "              " + Quote.go(one.settings().url())));
            return result(Optional.of("no issuer of this file would look at it"), Optional.empty());
        }
        return of(token, jws, claims, configuration.issuers().get(issuer), issuer);
    }

    private int issuer(String name) {
        String sought = name.equals("accounts.google.com") ? GOOGLE : name;
        var urls = configuration.issuers().stream()
                .map(issuer -> issuer.settings().url())
                .toList();
        return urls.indexOf(sought);
    }

    private boolean of(Secret token, CompactJws jws, Map<String, Object> claims, Issuer issuer, int index)
            throws InterruptedException {
        var look = new UnsignedLook(issuer.settings());
        say.accept("Issuer:     jwt[" + index + "], " + issuer.settings().url());
        var unfit = look.token(jws, claims, clock.instant());
        say.accept("Token:      " + unfit.map(Rehearsal::cause).orElse("for this audience, and for now"));
        var signature = signature(token, issuer, unfit.isPresent());
        say.accept("Signature:  " + signature.text());
        say.accept("");
        var rehearsal = ((MappedRules) issuer.rules())
                .rehearse(Claims.of(signature.claims().orElse(claims)));
        steps(rehearsal.steps());
        var unwanted = rehearsal.user().flatMap(look::user);
        say.accept("");
        Optional<String> cause = unfit.map(Rehearsal::cause)
                .or(() -> signature.problem())
                .or(() -> unchecked(signature))
                .or(() -> refusal(rehearsal.steps()))
                .or(() -> unwanted);
        return result(cause, rehearsal.user());
    }

    /** A yes about a token whose signature nobody looked at is no yes, unless that was asked for. */
    private Optional<String> unchecked(Signature signature) {
        return !offline && signature instanceof Signature.Unknown unknown
                ? Optional.of(
                        "the signature could not be checked: " + unknown.why() + " (--offline rehearses without it)")
                : Optional.empty();
    }

    private Signature signature(Secret token, Issuer issuer, boolean unfit) throws InterruptedException {
        if (unfit) {
            return new Signature.Unknown("the token is refused before");
        }
        return offline ? new Signature.Unknown("--offline was given") : AskedIssuer.signature(issuer, token, clock);
    }

    private static Optional<String> refusal(List<Step> steps) {
        return steps.stream()
                .filter(step -> step.verdict() == Step.Verdict.REFUSED || step.verdict() == Step.Verdict.TOO_MUCH)
                .map(step -> step.path() + ": " + step.said())
                .findFirst();
    }

    private static String cause(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused refused -> refused.reason() + ": " + refused.detailForLog();
            case Outcome.Unavailable unavailable -> unavailable.what();
            default -> "";
        };
    }

    private void steps(List<Step> steps) {
        for (Step step : steps) {
            String mark = switch (step.verdict()) {
                case VALUE -> "  value ";
                case HOLDS -> "  holds ";
                case REFUSED -> "  NO    ";
                case TOO_MUCH -> "  NO    ";
            };
            say.accept(mark + step.path() + ": " + step.text());
            if (step.verdict() != Step.Verdict.HOLDS) {
                say.accept("          " + (step.verdict() == Step.Verdict.VALUE ? "= " : "") + step.said());
            }
        }
    }

    private boolean result(Optional<String> cause, Optional<User> user) {
        user.ifPresent(who -> {
            say.accept("User:       " + Quote.go(who.name()));
            say.accept("Groups:     " + quoted(who.groups()));
            say.accept("Uid:        " + (who.uid().isEmpty() ? "none" : Quote.go(who.uid())));
            who.extra().forEach((key, values) -> say.accept("Extra:      " + key + "=" + quoted(values)));
        });
        say.accept("Result:     " + cause.map(why -> "refused: " + why).orElse("accepted"));
        return cause.isEmpty();
    }

    private static String quoted(List<String> texts) {
        return texts.isEmpty()
                ? "none"
                : String.join(", ", texts.stream().map(Quote::go).toList());
    }
}
