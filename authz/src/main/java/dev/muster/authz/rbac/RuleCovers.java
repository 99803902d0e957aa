package dev.muster.authz.rbac;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether rules somebody holds contain rules somebody wants to give. The wanted rules are broken down into one group,
 * resource, verb and name each; each piece must be inside one held rule. Wildcards are contained in wildcards alone.
 *
 * <p>A rule of a thousand groups, resources, verbs and names has a million million pieces: the work is bounded, and what
 * would take more is not covered.
 */
public final class RuleCovers {

    private static final int MOST_WORK = 2_000_000;
    private static final int MOST_MISSING = 1_000;

    private final List<HeldRule> held;
    private final List<Rule> missing = new ArrayList<>();
    private int work;
    private boolean cut;

    private RuleCovers(List<Rule> held) {
        this.held = held.stream().map(HeldRule::of).toList();
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
        if (anyCovers(held, wanted)) {
            return;
        }
        for (String group : distinct(wanted.apiGroups())) {
            for (String resource : distinct(wanted.resources())) {
                work += held.size();
                List<HeldRule> near = held.stream()
                        .filter(rule -> rule.isAbout(group, resource))
                        .toList();
                for (String verb : distinct(wanted.verbs())) {
                    for (List<String> name : names(wanted)) {
                        if (cut) {
                            return;
                        }
                        check(near, new Rule(List.of(verb), List.of(group), List.of(resource), name, List.of()));
                    }
                }
            }
        }
        for (String path : distinct(wanted.paths())) {
            for (String verb : distinct(wanted.verbs())) {
                if (cut) {
                    return;
                }
                check(held, Rule.ofPaths(List.of(verb), List.of(path)));
            }
        }
    }

    private void check(List<HeldRule> near, Rule piece) {
        if (work > MOST_WORK || missing.size() >= MOST_MISSING) {
            cut = true;
        } else if (!anyCovers(near, piece)) {
            missing.add(piece);
        }
    }

    private boolean anyCovers(List<HeldRule> rules, Rule wanted) {
        work++;
        for (HeldRule rule : rules) {
            work += rule.cost();
            if (rule.covers(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static List<List<String>> names(Rule wanted) {
        return wanted.resourceNames().isEmpty()
                ? List.of(List.of())
                : distinct(wanted.resourceNames()).stream().map(List::of).toList();
    }

    private static Set<String> distinct(List<String> texts) {
        return new LinkedHashSet<>(texts);
    }

    /** A held rule, ready to be asked often. */
    private record HeldRule(
            Set<String> verbs, Set<String> apiGroups, Set<String> resources, Set<String> names, Set<String> paths) {

        static HeldRule of(Rule rule) {
            return new HeldRule(
                    distinct(rule.verbs()),
                    distinct(rule.apiGroups()),
                    distinct(rule.resources()),
                    distinct(rule.resourceNames()),
                    distinct(rule.paths()));
        }

        int cost() {
            return 1 + paths.size();
        }

        boolean isAbout(String group, String resource) {
            return allOr(apiGroups, List.of(group)) && coversResource(resource);
        }

        boolean covers(Rule wanted) {
            return allOr(verbs, wanted.verbs())
                    && allOr(apiGroups, wanted.apiGroups())
                    && wanted.resources().stream().allMatch(this::coversResource)
                    && wanted.paths().stream().allMatch(this::coversPath)
                    && coversNames(wanted.resourceNames());
        }

        private static boolean allOr(Set<String> held, List<String> wanted) {
            return held.contains(Rule.ALL) || held.containsAll(wanted);
        }

        private boolean coversNames(List<String> wanted) {
            return names.isEmpty() || (!wanted.isEmpty() && names.containsAll(wanted));
        }

        private boolean coversResource(String wanted) {
            if (resources.contains(Rule.ALL) || resources.contains(wanted)) {
                return true;
            }
            int slash = wanted.indexOf('/');
            return slash >= 0 && resources.contains("*" + wanted.substring(slash));
        }

        private boolean coversPath(String wanted) {
            for (String path : paths) {
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
}
