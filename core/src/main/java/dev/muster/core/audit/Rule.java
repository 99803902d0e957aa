package dev.muster.core.audit;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of a {@link Policy}: all that is said must match; what is not said matches everything.
 *
 * @param who whose requests
 * @param what which requests
 * @param omitStages beside those of the whole policy
 * @param omitManagedFields empty = as the whole policy says
 */
public record Rule(Level level, Who who, What what, Set<Stage> omitStages, Optional<Boolean> omitManagedFields) {

    /** @param groups any of them */
    public record Who(Set<String> users, Set<String> groups) {

        public static final Who ANYBODY = new Who(Set.of(), Set.of());

        public Who {
            users = Set.copyOf(users);
            groups = Set.copyOf(groups);
        }

        /** @param user null = nobody that is known */
        boolean matches(User user) {
            if (!users.isEmpty() && (user == null || !users.contains(user.name()))) {
                return false;
            }
            return groups.isEmpty() || user != null && user.groups().stream().anyMatch(groups::contains);
        }
    }

    /**
     * @param namespaces {@code ""} = cluster scope and lists over all namespaces
     * @param paths of requests that are for no resource; {@code *} at the end matches the rest
     */
    public record What(Set<String> verbs, List<GroupResources> resources, Set<String> namespaces, List<String> paths) {

        public static final What ANYTHING = new What(Set.of(), List.of(), Set.of(), List.of());

        public What {
            verbs = Set.copyOf(verbs);
            resources = List.copyOf(resources);
            namespaces = Set.copyOf(namespaces);
            paths = List.copyOf(paths);
        }

        boolean matches(Attributes asked) {
            if (!verbs.isEmpty() && !verbs.contains(asked.verb())) {
                return false;
            }
            boolean ofResources = !namespaces.isEmpty() || !resources.isEmpty();
            if (!ofResources && paths.isEmpty()) {
                return true;
            }
            return switch (asked) {
                case ResourceAttributes resource -> ofResources && matchesResource(resource);
                case Attributes.PathAttributes path -> !ofResources && matchesPath(path.path());
            };
        }

        private boolean matchesResource(ResourceAttributes asked) {
            if (!namespaces.isEmpty() && !namespaces.contains(asked.namespace())) {
                return false;
            }
            if (resources.isEmpty()) {
                return true;
            }
            for (var some : resources) {
                if (some.matches(asked)) {
                    return true;
                }
            }
            return false;
        }

        private boolean matchesPath(String path) {
            for (String pattern : paths) {
                if (pattern.equals(path) || pattern.endsWith("*") && path.startsWith(withoutStars(pattern))) {
                    return true;
                }
            }
            return false;
        }

        private static String withoutStars(String pattern) {
            int end = pattern.length();
            while (end > 0 && pattern.charAt(end - 1) == '*') {
                end--;
            }
            return pattern.substring(0, end);
        }
    }

    public Rule {
        omitStages = Set.copyOf(omitStages);
    }

    /** A level for everything. */
    public static Rule all(Level level) {
        return new Rule(level, Who.ANYBODY, What.ANYTHING, Set.of(), Optional.empty());
    }

    boolean matches(User user, Attributes asked) {
        return who.matches(user) && what.matches(asked);
    }
}
