package dev.muster.authz.rbac;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.BindingLister.Near;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of somebody's rules come closest to what they were refused, for those who help them. Decides nothing, and so shares no
 * matching with what does.
 */
public final class NearMisses {

    private static final int MOST = 5;

    /** Rules of a caller with very many are not all looked at. */
    private static final int MOST_RULES = 10_000;

    private NearMisses() {}

    private record Miss(Rule rule, List<String> lacks) {}

    /** The nearest first: rules that lack one thing before those that lack two; what lacks more is not near. */
    public static List<Near> of(List<Rule> rules, Attributes asked) {
        return rules.stream()
                .limit(MOST_RULES)
                .distinct()
                .map(rule -> miss(rule, asked))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(miss -> miss.lacks().size()))
                .limit(MOST)
                .map(miss -> new Near(RuleText.compact(miss.rule()), String.join(" and ", miss.lacks())))
                .toList();
    }

    private static Optional<Miss> miss(Rule rule, Attributes asked) {
        return switch (asked) {
            case ResourceAttributes resource -> miss(rule, resource);
            case PathAttributes path -> miss(rule, path);
        };
    }

    /** Near is what speaks of the resource itself: of the same group, or of the same name in another. */
    private static Optional<Miss> miss(Rule rule, ResourceAttributes asked) {
        boolean everything = rule.resources().contains(Rule.ALL);
        if (!everything
                && rule.resources().stream().noneMatch(named -> base(named).equals(asked.resource()))) {
            return Optional.empty();
        }
        var lacks = new ArrayList<String>();
        if (!rule.verbs().contains(Rule.ALL) && !rule.verbs().contains(asked.verb())) {
            lacks.add("verb " + asked.verb());
        }
        if (!rule.apiGroups().contains(Rule.ALL) && !rule.apiGroups().contains(asked.apiGroup())) {
            lacks.add("API group \"" + asked.apiGroup() + "\"");
        }
        if (!everything && !names(rule, asked)) {
            lacks.add("resource "
                    + (asked.subresource().isEmpty()
                            ? asked.resource()
                            : asked.resource() + "/" + asked.subresource()));
        }
        if (!rule.resourceNames().isEmpty() && !rule.resourceNames().contains(asked.name())) {
            lacks.add(asked.name().isEmpty() ? "requests without a name" : "the name " + asked.name());
        }
        return near(rule, lacks);
    }

    private static boolean names(Rule rule, ResourceAttributes asked) {
        String whole = asked.subresource().isEmpty() ? asked.resource() : asked.resource() + "/" + asked.subresource();
        return rule.resources().contains(whole)
                || !asked.subresource().isEmpty() && rule.resources().contains("*/" + asked.subresource());
    }

    private static String base(String resource) {
        int slash = resource.indexOf('/');
        return slash < 0 ? resource : resource.substring(0, slash);
    }

    private static Optional<Miss> miss(Rule rule, PathAttributes asked) {
        boolean covered = rule.paths().stream()
                .anyMatch(path -> path.equals(asked.path())
                        || path.endsWith("*") && asked.path().startsWith(path.substring(0, path.length() - 1)));
        if (!covered) {
            return Optional.empty();
        }
        return near(rule, rule.verbs().contains(asked.verb()) ? List.of() : List.of("verb " + asked.verb()));
    }

    /** What lacks nothing allows it by now, and says nothing of why it did not. */
    private static Optional<Miss> near(Rule rule, List<String> lacks) {
        return lacks.isEmpty() || lacks.size() > 2 ? Optional.empty() : Optional.of(new Miss(rule, lacks));
    }
}
