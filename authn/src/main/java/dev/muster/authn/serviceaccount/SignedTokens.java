package dev.muster.authn.serviceaccount;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.crypto.jose.MalformedJws;
import dev.muster.crypto.jose.VerificationKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What both kinds of tokens have in common: issuer, signature, audiences.
 *
 * @param keys those that are believed now
 * @param issuers whose tokens are ours
 * @param verified those whose signature need not be looked at again
 * @param own the API server's audiences: what is wanted when nothing is said, and what a token without any is for
 */
record SignedTokens(Supplier<VerificationKeys> keys, Set<String> issuers, VerifiedTokens verified, Audiences own) {

    private static final int LONGEST_LIST = 300;

    SignedTokens {
        issuers = Set.copyOf(issuers);
    }

    SignedTokens(Supplier<VerificationKeys> keys, Set<String> issuers, Audiences own) {
        this(keys, issuers, new VerifiedTokens(), own);
    }

    /** What a token turned out to be. */
    sealed interface Reading {
        /** Of another issuer, or no signed token at all. */
        record Foreign() implements Reading {}

        record Bad(Outcome outcome) implements Reading {}

        /**
         * Signed by us.
         *
         * @param audiences those that are wanted and that it is for
         */
        record Good(Map<String, Object> claims, Audiences audiences) implements Reading {}
    }

    Reading read(Secret token, Audiences asked) {
        String text = token.reveal();
        if (text.length() > CompactJws.LONGEST) {
            return new Reading.Foreign();
        }
        var digest = VerifiedTokens.digest(text);
        var believed = keys.get();
        var known = verified.find(digest, believed);
        return known.isPresent() ? forWhom(known.get(), asked) : verify(text, digest, believed, asked);
    }

    private Reading verify(String text, ByteBuffer digest, VerificationKeys believed, Audiences asked) {
        CompactJws signed;
        Map<String, Object> claims;
        try {
            signed = CompactJws.parse(text);
            claims = signed.claims();
        } catch (MalformedJws e) {
            return new Reading.Foreign();
        }
        if (!(claims.get("iss") instanceof String issuer) || !issuers.contains(issuer)) {
            return new Reading.Foreign();
        }
        try {
            return switch (believed.verify(signed)) {
                case NO_KEY -> bad(Reason.UNTRUSTED, "invalid signature, no keys found");
                case BAD_SIGNATURE -> bad(Reason.UNTRUSTED, "invalid signature");
                case VERIFIED -> {
                    verified.add(digest, believed, claims);
                    yield forWhom(claims, asked);
                }
            };
        } catch (MalformedJws e) {
            return bad(Reason.MALFORMED, e.getMessage());
        }
    }

    private Reading forWhom(Map<String, Object> claims, Audiences asked) {
        var named = audiences(claims.get("aud"));
        var meant = named.isEmpty() ? own : new Audiences(named);
        var wanted = asked.isUnspecified() ? own : asked;
        var both = meant.intersect(wanted);
        if (both.isUnspecified() && !wanted.isUnspecified()) {
            return bad(
                    Reason.WRONG_PURPOSE,
                    "token audiences " + plain(meant) + " is invalid for the target audiences " + plain(wanted));
        }
        return new Reading.Good(claims, both);
    }

    /** One or several (RFC 7519 section 4.1.3); anything else is for nobody. */
    private static List<String> audiences(Object claim) {
        return switch (claim) {
            case null -> List.of();
            case String one -> List.of(one);
            case List<?> several -> {
                var names = new ArrayList<String>();
                several.forEach(name -> names.add(name instanceof String text ? text : ""));
                yield names;
            }
            default -> List.of("");
        };
    }

    private static String plain(Audiences audiences) {
        String names = audiences.names().toString().replaceAll("\\p{Cntrl}", "?");
        return names.length() <= LONGEST_LIST ? names : names.substring(0, LONGEST_LIST) + "...";
    }

    static Reading.Bad bad(Reason reason, String detail) {
        return new Reading.Bad(Outcome.refused(reason, detail));
    }
}
