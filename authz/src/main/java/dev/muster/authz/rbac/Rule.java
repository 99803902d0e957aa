package dev.muster.authz.rbac;

import java.util.List;

/**
 * One rule of a role (Kubernetes' {@code PolicyRule}): it allows resources or paths, never both in a valid role.
 *
 * @param verbs {@code *} is any
 * @param apiGroups {@code *} is any, the empty text is the core group
 * @param resources {@code pods}, {@code pods/log}, {@code *{@code * /log} (without the blank)#47;log} or {@code *}
 * @param resourceNames empty is any
 * @param paths nonResourceURLs: exact, or a prefix when ending in {@code *}
 */
public record Rule(
        List<String> verbs,
        List<String> apiGroups,
        List<String> resources,
        List<String> resourceNames,
        List<String> paths) {

    /** What stands for everything, in every field that knows a wildcard. */
    public static final String ALL = "*";

    public Rule {
        verbs = List.copyOf(verbs);
        apiGroups = List.copyOf(apiGroups);
        resources = List.copyOf(resources);
        resourceNames = List.copyOf(resourceNames);
        paths = List.copyOf(paths);
    }

    /** A rule over resources of any name. */
    public static Rule of(List<String> verbs, List<String> apiGroups, List<String> resources) {
        return new Rule(verbs, apiGroups, resources, List.of(), List.of());
    }

    /** A rule over paths. */
    public static Rule ofPaths(List<String> verbs, List<String> paths) {
        return new Rule(verbs, List.of(), List.of(), List.of(), paths);
    }
}
