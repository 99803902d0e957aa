package dev.muster.authz.rbac;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Whether rules somebody holds contain rules somebody wants to give. The wanted rules are broken down into one group,
 * resource, verb and name each; each piece must be inside one held rule. Wildcards are contained in wildcards alone.
 *
 * <p>A rule of a thousand groups, resources, verbs and names has a million million pieces: the work is bounded, and what
 * would take more is not covered.
 */
public final class RuleCovers {

    private static final int MOST_WORK = 5_000_000;
    private static final int MOST_MISSING = 1_000;

    private final List<Rule> held;
    private final List<Rule> missing = new ArrayList<>();
    private int work;
    private boolean cut;

    private RuleCovers(List<Rule> held) {
        this.held = held;
    }

    /**
     * The answer.
     *
     * @param missing pieces nobody holds, in the order of the wanted rules
     * @param cut whether there are more, or the rules were too many to look through
     */
    public record Answer(List<Rule> missing, boolean cut) {
        public Answer {
            missing = List.copyOf(missing);
        }

        public boolean covered() {
            return missing.isEmpty() && !cut;
        }
    }

    public static Answer check(List<Rule> held, List<Rule> wanted) {
        var covers = new RuleCovers(held);
        for (Rule rule : wanted) {
            covers.check(rule);
        }
        return new Answer(covers.missing, covers.cut);
    }

    private void check(Rule wanted) {
        work += held.size();
        if (held.stream().anyMatch(rule -> covers(rule, wanted))) {
            return;
        }
        for (String group : distinct(wanted.apiGroups())) {
            for (String resource : distinct(wanted.resources())) {
                List<Rule> near = held.stream()
                        .filter(rule -> anyOr(rule.apiGroups(), group) && coversResource(rule.resources(), resource))
                        .toList();
                for (String verb : distinct(wanted.verbs())) {
                    for (List<String> name : names(wanted)) {
                        check(near, new Rule(List.of(verb), List.of(group), List.of(resource), name, List.of()));
                        if (cut) {
                            return;
                        }
                    }
                }
            }
        }
        for (String path : distinct(wanted.paths())) {
            for (String verb : distinct(wanted.verbs())) {
                check(held, Rule.ofPaths(List.of(verb), List.of(path)));
                if (cut) {
                    return;
                }
            }
        }
    }

    private void check(List<Rule> near, Rule piece) {
        work += near.size() + 1;
        if (work > MOST_WORK || missing.size() >= MOST_MISSING) {
            cut = true;
        } else if (near.stream().noneMatch(rule -> covers(rule, piece))) {
            missing.add(piece);
        }
    }

    private static List<List<String>> names(Rule wanted) {
        return wanted.resourceNames().isEmpty()
                ? List.of(List.of())
                : distinct(wanted.resourceNames()).stream().map(List::of).toList();
    }

    private static LinkedHashSet<String> distinct(List<String> texts) {
        return new LinkedHashSet<>(texts);
    }

    private static boolean covers(Rule held, Rule wanted) {
        return allOr(held.verbs(), wanted.verbs())
                && allOr(held.apiGroups(), wanted.apiGroups())
                && wanted.resources().stream().allMatch(resource -> coversResource(held.resources(), resource))
                && wanted.paths().stream().allMatch(path -> coversPath(held.paths(), path))
                && coversNames(held.resourceNames(), wanted.resourceNames());
    }

    private static boolean anyOr(List<String> held, String wanted) {
        return held.contains(Rule.ALL) || held.contains(wanted);
    }

    private static boolean allOr(List<String> held, List<String> wanted) {
        return held.contains(Rule.ALL) || held.containsAll(wanted);
    }

    private static boolean coversNames(List<String> held, List<String> wanted) {
        return held.isEmpty() || (!wanted.isEmpty() && held.containsAll(wanted));
    }

    private static boolean coversResource(List<String> held, String wanted) {
        if (anyOr(held, wanted)) {
            return true;
        }
        int slash = wanted.indexOf('/');
        return slash >= 0 && held.contains("*" + wanted.substring(slash));
    }

    private static boolean coversPath(List<String> held, String wanted) {
        for (String path : held) {
            if (path.equals(wanted) || (path.endsWith(Rule.ALL) && wanted.startsWith(withoutStars(path)))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutStars(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '*') {
            end--;
        }
        return path.substring(0, end);
    }
}
