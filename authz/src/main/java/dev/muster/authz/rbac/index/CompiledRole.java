package dev.muster.authz.rbac.index;

import dev.muster.authz.rbac.Role;
import dev.muster.authz.rbac.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A role made ready for questions: its rules by the resource they name, so that few are looked at. */
final class CompiledRole {

    static final int NONE = Integer.MAX_VALUE;

    private static final List<ResourceRule> NO_RULES = List.of();

    private final List<Rule> rules;
    /** A hash map, and no map of the JDK's immutable ones: those grow slow when somebody makes all keys collide. */
    private final Map<String, List<ResourceRule>> byResource;

    private final List<ResourceRule> anyResource;
    private final List<PathRule> paths;
    private final long sieve;

    private CompiledRole(
            List<Rule> rules,
            Map<String, List<ResourceRule>> byResource,
            List<ResourceRule> anyResource,
            List<PathRule> paths) {
        this.rules = rules;
        this.byResource = byResource;
        this.anyResource = anyResource;
        this.paths = paths;
        this.sieve = sieve(byResource, anyResource, paths);
    }

    private static long sieve(
            Map<String, List<ResourceRule>> byResource, List<ResourceRule> anyResource, List<PathRule> paths) {
        long sieve = anyResource.isEmpty() ? 0 : Sieve.ANY_RESOURCE;
        if (!paths.isEmpty()) {
            sieve |= Sieve.PATHS;
        }
        for (String resource : byResource.keySet()) {
            sieve |= Sieve.resource(resource);
        }
        return sieve;
    }

    /** What this role speaks of, for {@link Sieve}. */
    long sieve() {
        return sieve;
    }

    static CompiledRole of(Role role) {
        var byResource = new HashMap<String, List<ResourceRule>>();
        var paths = new ArrayList<PathRule>();
        for (int i = 0; i < role.rules().size(); i++) {
            Rule rule = role.rules().get(i);
            var compiled = ResourceRule.of(i, rule);
            // A rule for any resource needs no entry beside: it would be found twice.
            Stream<String> named = rule.resources().contains(Rule.ALL)
                    ? Stream.of(Rule.ALL)
                    : rule.resources().stream().distinct();
            named.forEach(resource -> byResource
                    .computeIfAbsent(resource, r -> new ArrayList<>(1))
                    .add(compiled));
            if (!rule.paths().isEmpty()) {
                paths.add(PathRule.of(i, rule));
            }
        }
        byResource.replaceAll((resource, all) -> List.copyOf(all));
        List<ResourceRule> any = byResource.getOrDefault(Rule.ALL, NO_RULES);
        byResource.remove(Rule.ALL);
        return new CompiledRole(role.rules(), byResource, any, List.copyOf(paths));
    }

    List<Rule> rules() {
        return rules;
    }

    /** The lowest index of a rule that allows it, or {@link #NONE}. */
    int firstAllowing(Query query) {
        return switch (query) {
            case Query.OfResource q -> {
                int first = firstOf(anyResource, q);
                first = Math.min(first, firstOf(byResource.getOrDefault(q.resource(), NO_RULES), q));
                if (!q.anyWithSubresource().isEmpty()) {
                    first = Math.min(first, firstOf(byResource.getOrDefault(q.anyWithSubresource(), NO_RULES), q));
                }
                yield first;
            }
            case Query.OfPath q -> {
                for (PathRule rule : paths) {
                    if (rule.allows(q)) {
                        yield rule.index;
                    }
                }
                yield NONE;
            }
        };
    }

    private static int firstOf(List<ResourceRule> rules, Query.OfResource query) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).allows(query)) {
                return rules.get(i).index;
            }
        }
        return NONE;
    }

    private record ResourceRule(int index, Verbs verbs, Texts apiGroups, Texts names) {

        static ResourceRule of(int index, Rule rule) {
            return new ResourceRule(
                    index,
                    Verbs.of(rule.verbs()),
                    rule.apiGroups().contains(Rule.ALL) ? Texts.all() : Texts.of(rule.apiGroups()),
                    rule.resourceNames().isEmpty() ? Texts.all() : Texts.of(rule.resourceNames()));
        }

        boolean allows(Query.OfResource query) {
            return verbs.allow(query) && apiGroups.has(query.apiGroup()) && names.has(query.name());
        }
    }

    private record PathRule(int index, Verbs verbs, Texts exact, List<String> prefixes) {

        static PathRule of(int index, Rule rule) {
            var prefixes = rule.paths().stream()
                    .filter(path -> path.endsWith(Rule.ALL))
                    .map(PathRule::withoutStars)
                    .toList();
            return new PathRule(index, Verbs.of(rule.verbs()), Texts.of(rule.paths()), prefixes);
        }

        boolean allows(Query.OfPath query) {
            return verbs.allow(query) && (exact.has(query.path()) || startsWithAny(query.path()));
        }

        private boolean startsWithAny(String path) {
            for (int i = 0; i < prefixes.size(); i++) {
                if (path.startsWith(prefixes.get(i))) {
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
