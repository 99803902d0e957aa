package dev.muster.authn.structured;

import dev.muster.authn.cel.Wanted;
import dev.muster.authn.structured.Document.ClaimValidationRule;
import dev.muster.authn.structured.Document.UserValidationRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the rules of one entry, and compiles them. */
final class RuleCheck {

    private final Compiling compiling;
    private final List<Problem> problems;

    RuleCheck(Compiling compiling, List<Problem> problems) {
        this.compiling = compiling;
        this.problems = problems;
    }

    /** Rules of claims: values that must be there, and expressions. */
    record ClaimRules(List<Plan.Required> required, List<Plan.Rule> expressions) {}

    ClaimRules claims(String path, List<ClaimValidationRule> rules) {
        var all = new ClaimRules(new ArrayList<>(), new ArrayList<>());
        var claims = new HashSet<String>();
        var expressions = new HashSet<String>();
        for (int i = 0; i < rules.size(); i++) {
            String own = path + "[" + i + "]";
            ClaimValidationRule rule = rules.get(i);
            if (!rule.claim().isEmpty() && !rule.expression().isEmpty()) {
                problems.add(Problem.invalid(own, rule.claim(), "claim and expression can't both be set"));
            } else if (!rule.claim().isEmpty()) {
                value(own, rule, claims, all);
            } else if (!rule.expression().isEmpty()) {
                expression(own, rule, expressions, all);
            } else {
                problems.add(Problem.required(own, "claim or expression is required"));
            }
        }
        return all;
    }

    private void value(String path, ClaimValidationRule rule, Set<String> seen, ClaimRules all) {
        if (!rule.message().isEmpty()) {
            problems.add(Problem.invalid(path + ".message", rule.message(), "may not be specified when claim is set"));
        }
        if (!seen.add(rule.claim())) {
            problems.add(Problem.duplicate(path + ".claim", rule.claim()));
        }
        all.required().add(new Plan.Required(path + ".claim", rule.claim(), rule.requiredValue()));
    }

    private void expression(String path, ClaimValidationRule rule, Set<String> seen, ClaimRules all) {
        if (!rule.requiredValue().isEmpty()) {
            problems.add(Problem.invalid(
                    path + ".requiredValue", rule.requiredValue(), "may not be specified when expression is set"));
        }
        String where = path + ".expression";
        if (!seen.add(rule.expression())) {
            problems.add(Problem.duplicate(where, rule.expression()));
            return;
        }
        compiling
                .ofClaims(where, rule.expression(), Wanted.BOOL)
                .ifPresent(expression -> all.expressions().add(new Plan.Rule(where, expression, rule.message())));
    }

    List<Plan.Rule> users(String path, List<UserValidationRule> rules) {
        var all = new ArrayList<Plan.Rule>();
        var seen = new HashSet<String>();
        for (int i = 0; i < rules.size(); i++) {
            String where = path + "[" + i + "].expression";
            UserValidationRule rule = rules.get(i);
            if (rule.expression().isEmpty()) {
                problems.add(Problem.required(where, ""));
            } else if (!seen.add(rule.expression())) {
                problems.add(Problem.duplicate(where, rule.expression()));
            } else {
                compiling
                        .ofUser(where, rule.expression())
                        .ifPresent(expression -> all.add(new Plan.Rule(where, expression, rule.message())));
            }
        }
        return all;
    }
}
