package dev.muster.authn.structured;

import dev.muster.authn.cel.Expression;
import dev.muster.authn.cel.Wanted;
import dev.muster.authn.structured.Document.Jwt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks a whole configuration, in Kubernetes' order, and makes plans of its entries. */
final class Validation {

    private static final int MOST = 64;

    private final List<String> disallowed;
    private final List<Problem> problems;

    Validation(List<String> disallowed, List<Problem> problems) {
        this.disallowed = disallowed;
        this.problems = problems;
    }

    /** The plans in order; only to be used when no problem was found. */
    List<Plan> plans(Document document) {
        if (document.jwt().size() > MOST) {
            problems.add(new Problem(
                    "jwt", "Too many: " + document.jwt().size() + ": must have at most " + MOST + " items"));
            return List.of();
        }
        var plans = new ArrayList<Plan>();
        var issuers = new HashSet<String>();
        var places = new HashSet<String>();
        for (int i = 0; i < document.jwt().size(); i++) {
            String path = "jwt[" + i + "]";
            var jwt = document.jwt().get(i);
            plan(path, jwt).ifPresent(plans::add);
            if (!issuers.add(jwt.issuer().url())) {
                problems.add(
                        Problem.duplicate(path + ".issuer.url", jwt.issuer().url()));
            }
            String place = jwt.issuer().discoveryUrl();
            if (!place.isEmpty() && !places.add(place)) {
                problems.add(Problem.duplicate(path + ".issuer.discoveryURL", place));
            }
        }
        document.anonymous().ifPresent(this::anonymous);
        return plans;
    }

    private void anonymous(AnonymousAccess anonymous) {
        for (int i = 0; i < anonymous.paths().size(); i++) {
            String path = anonymous.paths().get(i);
            if (!path.startsWith("/")) {
                problems.add(Problem.invalid("anonymous.conditions[" + i + "].path", path, "must begin with /"));
            }
        }
        if (!anonymous.enabled() && !anonymous.paths().isEmpty()) {
            var conditions = anonymous.paths().stream()
                    .map(path -> "{\"Path\":" + Quoted.go(path) + "}")
                    .toList();
            problems.add(new Problem(
                    "anonymous.conditions",
                    "Invalid value: [" + String.join(",", conditions)
                            + "]: enabled should be set to true when conditions are defined"));
        }
    }

    private Optional<Plan> plan(String path, Jwt jwt) {
        new IssuerCheck(disallowed, problems).check(path + ".issuer", jwt.issuer());
        var compiling = new Compiling(problems);
        var rules = new RuleCheck(compiling, problems);
        var mappings = new MappingCheck(compiling, problems);
        var claims = rules.claims(path + ".claimValidationRules", jwt.claimValidationRules());
        String mapping = path + ".claimMappings";
        var username =
                mappings.prefixed(mapping + ".username", jwt.claimMappings().username(), true, Wanted.STRING);
        var groups = mappings.prefixed(mapping + ".groups", jwt.claimMappings().groups(), false, Wanted.STRINGS);
        var uid = mappings.uid(mapping + ".uid", jwt.claimMappings().uid());
        var extra = mappings.extra(mapping + ".extra", jwt.claimMappings().extra());
        email(mapping, username, extra, claims.expressions());
        var users = rules.users(path + ".userValidationRules", jwt.userValidationRules());
        return username.map(
                name -> new Plan(path, name, groups, uid, extra, claims.required(), claims.expressions(), users));
    }

    /** Whoever merely claims an address is not its owner: an expression that makes a name of it must look further. */
    private void email(String path, Optional<Plan.Source> username, List<Plan.Extra> extra, List<Plan.Rule> rules) {
        if (!(username.orElse(null) instanceof Plan.ByExpression byExpression)
                || !byExpression.expression().selects("email")) {
            return;
        }
        boolean verified = Stream.of(
                        Stream.of(byExpression.expression()),
                        extra.stream().map(Plan.Extra::expression),
                        rules.stream().map(Plan.Rule::expression))
                .flatMap(all -> all)
                .anyMatch((Expression expression) -> expression.selects("email_verified"));
        if (!verified) {
            problems.add(Problem.invalid(
                    path + ".username.expression",
                    byExpression.expression().text(),
                    "claims.email_verified must be used in claimMappings.username.expression or"
                            + " claimMappings.extra[*].valueExpression or claimValidationRules[*].expression when"
                            + " claims.email is used in claimMappings.username.expression"));
        }
    }
}
