package dev.muster.authz.rbac.naive;

import dev.muster.authz.rbac.Rule;
import dev.muster.core.access.Attributes;
import java.util.List;

/** Whether one rule allows one request, sentence by sentence of the Kubernetes RBAC documentation. */
public final class NaiveRule {

    private NaiveRule() {}

    public static boolean allows(Rule rule, Attributes request) {
        return switch (request) {
            case Attributes.ResourceAttributes r ->
                anyOr(rule.verbs(), r.verb())
                        && anyOr(rule.apiGroups(), r.apiGroup())
                        && rule.resources().stream().anyMatch(pattern -> resourceMatches(pattern, r))
                        && nameMatches(rule.resourceNames(), r.name());
            case Attributes.PathAttributes p ->
                anyOr(rule.verbs(), p.verb())
                        && rule.paths().stream().anyMatch(pattern -> pathMatches(pattern, p.path()));
        };
    }

    private static boolean anyOr(List<String> patterns, String value) {
        return patterns.contains("*") || patterns.contains(value);
    }

    private static boolean resourceMatches(String pattern, Attributes.ResourceAttributes r) {
        if (pattern.equals("*")) {
            return true;
        }
        if (r.subresource().isEmpty()) {
            return pattern.equals(r.resource());
        }
        return pattern.equals(r.resource() + "/" + r.subresource()) || pattern.equals("*/" + r.subresource());
    }

    private static boolean nameMatches(List<String> names, String name) {
        return names.isEmpty() || names.contains(name);
    }

    private static boolean pathMatches(String pattern, String path) {
        if (pattern.equals("*") || pattern.equals(path)) {
            return true;
        }
        if (!pattern.endsWith("*")) {
            return false;
        }
        String prefix = pattern;
        while (prefix.endsWith("*")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        return path.startsWith(prefix);
    }
}
