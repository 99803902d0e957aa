package dev.muster.core.access;

import dev.muster.core.identity.User;
import java.util.List;

/** Lists what a user may do in a namespace; the capability behind SelfSubjectRulesReview. An authorizer may have it. */
@FunctionalInterface
public interface RuleResolver {

    /**
     * All rules that apply to the user in the namespace, cluster-wide ones included.
     *
     * @param namespace empty asks for cluster scope alone
     */
    Rules rulesFor(User user, String namespace);

    /**
     * The rules.
     *
     * @param incomplete whether there may be more than could be listed
     * @param errors what could not be read, in Kubernetes' words
     */
    record Rules(List<ResourceRule> resourceRules, List<PathRule> pathRules, boolean incomplete, List<String> errors) {
        public Rules {
            resourceRules = List.copyOf(resourceRules);
            pathRules = List.copyOf(pathRules);
            errors = List.copyOf(errors);
        }
    }

    /** What may be done to which API objects; empty names mean all. */
    record ResourceRule(
            List<String> verbs, List<String> apiGroups, List<String> resources, List<String> resourceNames) {
        public ResourceRule {
            verbs = List.copyOf(verbs);
            apiGroups = List.copyOf(apiGroups);
            resources = List.copyOf(resources);
            resourceNames = List.copyOf(resourceNames);
        }
    }

    /** What may be done to which other paths. */
    record PathRule(List<String> verbs, List<String> paths) {
        public PathRule {
            verbs = List.copyOf(verbs);
            paths = List.copyOf(paths);
        }
    }
}
