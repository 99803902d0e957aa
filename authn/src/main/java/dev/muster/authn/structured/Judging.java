package dev.muster.authn.structured;

import dev.muster.authn.cel.Expression;
import dev.muster.authn.cel.Input;
import dev.muster.authn.cel.Judged;
import dev.muster.authn.cel.Work;
import dev.muster.authn.oidc.Claims;
import dev.muster.authn.structured.Step.Verdict;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One walk through a plan with the claims of one token, in Kubernetes' order. */
final class Judging {

    private final Plan plan;
    private final Claims claims;
    private final Work work;
    private final Predicate<Step> goOn;
    private Input input;
    private String name = "";
    private String uid = "";
    private List<String> groups = List.of();
    private final Map<String, List<String>> extra = new LinkedHashMap<>();

    /** @param goOn hears every step, and says whether to take the next one */
    Judging(Plan plan, Claims claims, Work work, Predicate<Step> goOn) {
        this.plan = plan;
        this.claims = claims;
        this.work = work;
        this.goOn = goOn;
    }

    /** Whether the walk came to its end. */
    boolean walk() {
        if (!goOn.test(username())
                || !plan.groups().map(this::groups).map(goOn::test).orElse(true)
                || !plan.uid().map(this::uid).map(goOn::test).orElse(true)) {
            return false;
        }
        for (var one : plan.extra()) {
            if (!goOn.test(extra(one))) {
                return false;
            }
        }
        for (var one : plan.required()) {
            if (!goOn.test(ClaimSteps.required(one, claims))) {
                return false;
            }
        }
        return rules(plan.claimRules(), this::ofClaims) && users();
    }

    private boolean users() {
        if (plan.userRules().isEmpty()) {
            return true;
        }
        var user = Input.ofUser(user());
        return rules(plan.userRules(), () -> user);
    }

    private boolean rules(List<Plan.Rule> rules, java.util.function.Supplier<Input> input) {
        for (var rule : rules) {
            if (!goOn.test(rule(rule, input.get()))) {
                return false;
            }
        }
        return true;
    }

    /** Who it is, as far as it is known. */
    User user() {
        var all = new LinkedHashMap<String, List<String>>();
        var ids = claims.credentialIds();
        if (!ids.isEmpty()) {
            all.put(User.CREDENTIAL_ID, ids);
        }
        all.putAll(extra);
        return new User(name, uid, groups, all);
    }

    private Input ofClaims() {
        if (input == null) {
            input = Input.ofClaims(claims.tree());
        }
        return input;
    }

    private Step username() {
        return switch (plan.username()) {
            case Plan.ByClaim by -> {
                var step = ClaimSteps.username(by, claims);
                if (step.isFine()) {
                    name = by.prefix() + claims.text(by.claim()).orElseThrow();
                }
                yield step;
            }
            case Plan.ByExpression by ->
                switch (by.expression().judge(ofClaims(), work)) {
                    case Judged.Text(String text)
                    when text.isEmpty() ->
                        failed(by.path(), by.expression(), "empty username via CEL expression is not allowed");
                    case Judged.Text(String text) -> {
                        name = text;
                        yield value(by.path(), by.expression(), Quoted.go(text));
                    }
                    case Judged other -> failed(by.path(), by.expression(), other, "username claim expression");
                };
        };
    }

    private Step groups(Plan.Source source) {
        return switch (source) {
            case Plan.ByClaim by -> {
                var found = new ArrayList<String>();
                var step = ClaimSteps.groups(by, claims, found);
                groups = found;
                yield step;
            }
            case Plan.ByExpression by ->
                switch (by.expression().judge(ofClaims(), work)) {
                    case Judged.Texts(List<String> texts) -> {
                        groups = texts;
                        yield value(by.path(), by.expression(), ClaimSteps.list(texts));
                    }
                    case Judged other -> failed(by.path(), by.expression(), other, "group claim expression");
                };
        };
    }

    private Step uid(Plan.Source source) {
        return switch (source) {
            case Plan.ByClaim by -> {
                var step = ClaimSteps.uid(by, claims);
                uid = claims.text(by.claim()).orElse("");
                yield step;
            }
            case Plan.ByExpression by ->
                switch (by.expression().judge(ofClaims(), work)) {
                    case Judged.Text(String text) -> {
                        uid = text;
                        yield value(by.path(), by.expression(), Quoted.go(text));
                    }
                    case Judged other -> failed(by.path(), by.expression(), other, "uid claim expression");
                };
        };
    }

    private Step extra(Plan.Extra one) {
        return switch (one.expression().judge(ofClaims(), work)) {
            case Judged.Texts(List<String> texts) -> {
                if (!texts.isEmpty()) {
                    extra.put(one.key(), texts);
                }
                yield value(one.path(), one.expression(), one.key() + "=" + ClaimSteps.list(texts));
            }
            case Judged other -> failed(one.path(), one.expression(), other, "extra claim expression");
        };
    }

    private Step rule(Plan.Rule rule, Input input) {
        return switch (rule.expression().judge(input, work)) {
            case Judged.Bool(boolean holds)
            when holds ->
                new Step(rule.path(), Quoted.expression(rule.expression().text()), Verdict.HOLDS, "holds");
            case Judged.Bool _ ->
                new Step(
                        rule.path(),
                        Quoted.expression(rule.expression().text()),
                        Verdict.REFUSED,
                        "validation expression "
                                + Quoted.expression(rule.expression().text()) + " failed"
                                + (rule.message().isEmpty()
                                        ? ""
                                        : ": " + rule.message().strip()));
            case Judged other -> failed(rule.path(), rule.expression(), other, "validation expression");
        };
    }

    private static Step value(String path, Expression expression, String value) {
        return new Step(path, Quoted.expression(expression.text()), Verdict.VALUE, value);
    }

    private static Step failed(String path, Expression expression, String why) {
        return new Step(path, Quoted.expression(expression.text()), Verdict.REFUSED, why);
    }

    private static Step failed(String path, Expression expression, Judged judged, String what) {
        String text = Quoted.expression(expression.text());
        String begin = "error evaluating " + what + ": expression " + text + " resulted in error: ";
        return switch (judged) {
            case Judged.Failed(String why) -> new Step(path, text, Verdict.REFUSED, begin + why);
            case Judged.TooMuch(String why) -> new Step(path, text, Verdict.TOO_MUCH, begin + why);
            default -> new Step(path, text, Verdict.REFUSED, begin + "a value of another type");
        };
    }
}
