package dev.muster.authn.structured;

import dev.muster.authn.oidc.Claims;
import dev.muster.authn.structured.Step.Verdict;
import java.util.List;

/** Mappings and rules that name a claim: by its whole name, at the top of the token; dots are no paths. */
final class ClaimSteps {

    private static final String EMAIL = "email";
    private static final String EMAIL_VERIFIED = "email_verified";
    private static final int MOST_TOLD = 20;

    private ClaimSteps() {}

    static Step username(Plan.ByClaim by, Claims claims) {
        String begin = "parse username claims " + Quoted.go(by.claim()) + ": ";
        if (!claims.has(by.claim())) {
            return refused(by, begin + "claim not present");
        }
        var name = claims.text(by.claim());
        if (name.isEmpty()) {
            return refused(by, begin + "claim is no string");
        }
        if (name.get().isEmpty()) {
            return refused(by, begin + "claim is empty");
        }
        if (by.claim().equals(EMAIL)
                && claims.has(EMAIL_VERIFIED)
                && !Boolean.TRUE.equals(claims.tree().get(EMAIL_VERIFIED))) {
            return claims.tree().get(EMAIL_VERIFIED) instanceof Boolean
                    ? refused(by, "email not verified (claim email_verified is false)")
                    : refused(by, "parse 'email_verified' claim: neither true nor false");
        }
        return new Step(by.path(), claim(by.claim()), Verdict.VALUE, Quoted.go(by.prefix() + name.get()));
    }

    /** @param into the groups, with the prefix; empty ones are none */
    static Step groups(Plan.ByClaim by, Claims claims, List<String> into) {
        Object value = claims.tree().get(by.claim());
        List<?> items = value == null ? List.of() : value instanceof List<?> several ? several : List.of(value);
        for (Object item : items) {
            if (item != null && !(item instanceof String)) {
                into.clear();
                return refused(
                        by,
                        "parse groups claim " + Quoted.go(by.claim()) + ": neither a string nor an array of strings");
            }
            if (item instanceof String group && !group.isEmpty()) {
                into.add(by.prefix() + group);
            }
        }
        return new Step(by.path(), claim(by.claim()), Verdict.VALUE, list(into));
    }

    static Step uid(Plan.ByClaim by, Claims claims) {
        String begin = "parse uid claim " + Quoted.go(by.claim()) + ": ";
        if (!claims.has(by.claim())) {
            return refused(by, begin + "claim not present");
        }
        return claims.text(by.claim())
                .map(text -> new Step(by.path(), claim(by.claim()), Verdict.VALUE, Quoted.go(text)))
                .orElseGet(() -> refused(by, begin + "claim is no string"));
    }

    static Step required(Plan.Required rule, Claims claims) {
        String name = Quoted.go(rule.claim());
        String why = null;
        var text = claims.text(rule.claim());
        if (!claims.has(rule.claim())) {
            why = "required claim " + name + " not present in ID token";
        } else if (text.isEmpty()) {
            why = "parse claim " + name + ": no string";
        } else if (!text.get().equals(rule.value())) {
            why = "required claim " + name + " value does not match. Got = " + Quoted.go(text.get()) + ", want = "
                    + Quoted.go(rule.value());
        }
        return why == null
                ? new Step(rule.path(), claim(rule.claim()), Verdict.HOLDS, "is " + Quoted.go(rule.value()))
                : new Step(rule.path(), claim(rule.claim()), Verdict.REFUSED, why);
    }

    /** A list for people. */
    static String list(List<String> texts) {
        var first = texts.stream().limit(MOST_TOLD).map(Quoted::go).toList();
        return texts.size() > MOST_TOLD ? first + " and " + (texts.size() - MOST_TOLD) + " more" : first.toString();
    }

    private static String claim(String name) {
        return "claim " + Quoted.go(name);
    }

    private static Step refused(Plan.ByClaim by, String why) {
        return new Step(by.path(), claim(by.claim()), Verdict.REFUSED, why);
    }
}
