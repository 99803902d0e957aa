package dev.muster.authz.rbac;

import dev.muster.api.meta.GoText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rules as Kubernetes names them in refusals. */
public final class RuleText {

    private RuleText() {}

    /** {@code {APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}}. */
    public static String compact(Rule rule) {
        var parts = new ArrayList<String>();
        add(parts, "APIGroups", rule.apiGroups());
        add(parts, "Resources", rule.resources());
        add(parts, "NonResourceURLs", rule.paths());
        add(parts, "ResourceNames", rule.resourceNames());
        add(parts, "Verbs", rule.verbs());
        return "{" + String.join(", ", parts) + "}";
    }

    /**
     * Broken down rules, put together again where they differ by verb alone; one line each, sorted.
     *
     * @param pieces one group, resource and verb each, or one path and verb
     */
    public static List<String> lines(Collection<Rule> pieces) {
        var verbs = new LinkedHashMap<List<List<String>>, List<String>>();
        var lines = new TreeSet<String>();
        for (Rule piece : pieces) {
            if (piece.resourceNames().isEmpty() && piece.paths().isEmpty()) {
                verbs.computeIfAbsent(List.of(piece.apiGroups(), piece.resources()), k -> new ArrayList<>())
                        .addAll(piece.verbs());
            } else {
                lines.add(compact(piece));
            }
        }
        verbs.forEach((where, all) -> lines.add(compact(Rule.of(all, where.get(0), where.get(1)))));
        return List.copyOf(lines);
    }

    /** {@code ["a" "b"]}. */
    public static String list(List<String> texts) {
        return texts.stream().map(GoText::quote).collect(Collectors.joining(" ", "[", "]"));
    }

    private static void add(List<String> parts, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            parts.add(field + ":" + list(texts));
        }
    }
}
