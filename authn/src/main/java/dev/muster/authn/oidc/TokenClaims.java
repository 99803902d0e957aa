package dev.muster.authn.oidc;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registered claims of a token (RFC 7519 section 4.1): for whom and when it is good. No leeway at its end, as in Kubernetes; a
 * minute for clocks that differ at its beginning.
 */
final class TokenClaims {

    private static final Duration LEEWAY = Duration.ofMinutes(1);
    private static final int MOST_AUDIENCES = 100;

    /** Of what a Revocation can name. */
    private static final int LONGEST_ID = 256;

    /** Seconds from 1970 that a calendar holds, with room for leeways. */
    private static final long LATEST = Instant.MAX.getEpochSecond() - 31_556_952_000L;

    private final Map<String, Object> tree;

    TokenClaims(Map<String, Object> tree) {
        this.tree = tree;
    }

    /** A refusal when it is for others, or not now. */
    Optional<Outcome> problem(List<String> audiences, Instant now) {
        return audience(audiences).or(() -> time(now)).or(this::unnameable);
    }

    /** What names a token or its log-in must be a name by which both can be taken back. */
    private Optional<Outcome> unnameable() {
        for (String name : List.of("jti", "sid")) {
            Object id = tree.get(name);
            if (id != null && !(id instanceof String text && text.length() <= LONGEST_ID)) {
                return refused(
                        Reason.MALFORMED, "claim " + name + " is no string of at most " + LONGEST_ID + " characters");
            }
        }
        return Optional.empty();
    }

    private Optional<Outcome> audience(List<String> wanted) {
        var named = named(tree.get("aud"));
        if (named.isEmpty()) {
            return refused(Reason.MALFORMED, "claim aud is no string and no array of strings");
        }
        if (named.get().size() > MOST_AUDIENCES) {
            return refused(Reason.MALFORMED, "claim aud names more than " + MOST_AUDIENCES + " audiences");
        }
        return named.get().stream().anyMatch(wanted::contains)
                ? Optional.empty()
                : refused(
                        Reason.WRONG_PURPOSE,
                        "expected audience " + Plain.quoted(wanted) + " got " + Plain.quoted(named.get()));
    }

    private static Optional<List<String>> named(Object claim) {
        return switch (claim) {
            case null -> Optional.of(List.of());
            case String one -> Optional.of(List.of(one));
            case List<?> several -> {
                var names = new ArrayList<String>();
                for (Object name : several) {
                    if (!(name instanceof String text)) {
                        yield Optional.empty();
                    }
                    names.add(text);
                }
                yield Optional.of(names);
            }
            default -> Optional.empty();
        };
    }

    private Optional<Outcome> time(Instant now) {
        for (String name : List.of("exp", "nbf", "iat")) {
            if (tree.get(name) != null && !(tree.get(name) instanceof Number)) {
                return refused(Reason.MALFORMED, "claim " + name + " is no number");
            }
        }
        var expires = moment("exp");
        if (expires.isEmpty()) {
            return refused(Reason.EXPIRED, "claim exp is missing: the token has no end");
        }
        if (now.isAfter(expires.get())) {
            return refused(
                    Reason.EXPIRED,
                    "token is expired (exp " + expires.get() + ", " + ago(expires.get(), now) + " ago)");
        }
        return early("nbf", "current time " + now + " before the nbf (not before) time", now)
                .or(() -> early("iat", "issued in the future: current time " + now + " before the iat time", now));
    }

    private Optional<Outcome> early(String claim, String text, Instant now) {
        return moment(claim)
                .filter(begin -> now.plus(LEEWAY).isBefore(begin))
                .flatMap(begin -> refused(Reason.NOT_YET_VALID, text + " " + begin));
    }

    private static String ago(Instant then, Instant now) {
        return Math.max(0, Duration.between(then, now).toSeconds()) + " s";
    }

    /** Fractions of seconds are cut off; what no calendar holds lies at its end. */
    private Optional<Instant> moment(String claim) {
        return tree.get(claim) instanceof Number number
                ? Optional.of(Instant.ofEpochSecond(Math.clamp(number.longValue(), -LATEST, LATEST)))
                : Optional.empty();
    }

    /** By what the token is found when it is taken back. */
    Proof proof() {
        return new Proof(moment("iat"), moment("exp"), List.of(), session());
    }

    private Optional<String> session() {
        return tree.get("sid") instanceof String id && !id.isEmpty() ? Optional.of(id) : Optional.empty();
    }

    private static Optional<Outcome> refused(Reason reason, String detail) {
        return Optional.of(Outcome.refused(reason, detail));
    }
}
