package dev.muster.authn.structured;

import dev.muster.api.identity.IdentityGroup;
import dev.muster.api.strategy.Names;
import dev.muster.authn.cel.Expression;
import dev.muster.authn.cel.Wanted;
import dev.muster.authn.structured.Document.ExtraMapping;
import dev.muster.authn.structured.Document.Mapping;
import dev.muster.authn.structured.Document.PrefixedMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the mappings of one entry, and compiles them. */
final class MappingCheck {

    private static final String PATH_FORM = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final Pattern PATH = Pattern.compile(PATH_FORM);
    private static final List<String> RESERVED = List.of("kubernetes.io", "k8s.io", IdentityGroup.NAME);

    private final Compiling compiling;
    private final List<Problem> problems;

    MappingCheck(Compiling compiling, List<Problem> problems) {
        this.compiling = compiling;
        this.problems = problems;
    }

    /** A name or names; empty when there is none, or when it is wrong. */
    Optional<Plan.Source> prefixed(String path, PrefixedMapping mapping, boolean needed, Wanted wanted) {
        boolean claim = !mapping.claim().isEmpty();
        boolean expression = !mapping.expression().isEmpty();
        if (claim && expression) {
            problems.add(Problem.invalid(path, "", "claim and expression can't both be set"));
            return Optional.empty();
        }
        if (expression) {
            mapping.prefix()
                    .ifPresent(prefix -> problems.add(
                            Problem.invalid(path + ".prefix", prefix, "may not be specified when expression is set")));
            return source(path, mapping.expression(), wanted);
        }
        if (claim) {
            if (mapping.prefix().isEmpty()) {
                problems.add(Problem.required(
                        path + ".prefix",
                        "prefix is required when claim is set. It can be set to an empty string to disable prefixing"));
            }
            return Optional.of(
                    new Plan.ByClaim(path, mapping.claim(), mapping.prefix().orElse("")));
        }
        if (needed) {
            problems.add(Problem.required(path, "claim or expression is required"));
        }
        return Optional.empty();
    }

    Optional<Plan.Source> uid(String path, Mapping mapping) {
        if (!mapping.claim().isEmpty() && !mapping.expression().isEmpty()) {
            problems.add(Problem.invalid(path, "", "claim and expression can't both be set"));
            return Optional.empty();
        }
        if (!mapping.expression().isEmpty()) {
            return source(path, mapping.expression(), Wanted.STRING);
        }
        return mapping.claim().isEmpty() ? Optional.empty() : Optional.of(new Plan.ByClaim(path, mapping.claim(), ""));
    }

    private Optional<Plan.Source> source(String path, String text, Wanted wanted) {
        return compiling
                .ofClaims(path + ".expression", text, wanted)
                .map(expression -> new Plan.ByExpression(path + ".expression", expression));
    }

    List<Plan.Extra> extra(String path, List<ExtraMapping> mappings) {
        var extra = new ArrayList<Plan.Extra>();
        var seen = new HashSet<String>();
        for (int i = 0; i < mappings.size(); i++) {
            String own = path + "[" + i + "]";
            ExtraMapping mapping = mappings.get(i);
            key(own + ".key", mapping.key());
            if (!seen.add(mapping.key())) {
                problems.add(Problem.duplicate(own + ".key", mapping.key()));
            } else if (mapping.valueExpression().isEmpty()) {
                problems.add(Problem.required(own + ".valueExpression", ""));
            } else {
                String where = own + ".valueExpression";
                Optional<Expression> value = compiling.ofClaims(where, mapping.valueExpression(), Wanted.STRINGS);
                value.ifPresent(expression -> extra.add(new Plan.Extra(where, mapping.key(), expression)));
            }
        }
        return extra;
    }

    private void key(String path, String key) {
        if (key.isEmpty()) {
            problems.add(Problem.required(path, ""));
            return;
        }
        int slash = key.indexOf('/');
        if (slash <= 0 || slash == key.length() - 1) {
            problems.add(Problem.invalid(path, key, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
        } else {
            String domain = key.substring(0, slash);
            Names.dnsSubdomainProblems(domain, false).forEach(why -> problems.add(Problem.invalid(path, domain, why)));
            String rest = key.substring(slash + 1);
            if (!PATH.matcher(rest).matches()) {
                problems.add(
                        Problem.invalid(path, rest, "Invalid path (regex used for validation is '" + PATH_FORM + "')"));
            }
        }
        if (!key.equals(key.toLowerCase(Locale.ROOT))) {
            problems.add(Problem.invalid(path, key, "must be lowercase"));
        }
        String domain = slash < 0 ? "" : key.substring(0, slash);
        if (RESERVED.stream().anyMatch(own -> domain.equals(own) || domain.endsWith("." + own))) {
            problems.add(Problem.invalid(
                    path, key, "k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use"));
        }
    }
}
