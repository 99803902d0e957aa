package dev.muster.authz.rbac;

import dev.muster.core.access.RuleResolver.PathRule;
import dev.muster.core.access.RuleResolver.ResourceRule;
import dev.muster.core.access.RuleResolver.Rules;
import java.util.ArrayList;
import java.util.List;

/** Rules as SelfSubjectRulesReview lists them: in order, nothing merged. */
public final class RuleLists {

    private RuleLists() {}

    /** RBAC can always enumerate, so this is complete but for what the errors name. */
    public static Rules of(List<Rule> rules, List<String> errors) {
        var resources = new ArrayList<ResourceRule>();
        var paths = new ArrayList<PathRule>();
        for (Rule rule : rules) {
            if (!rule.resources().isEmpty()) {
                resources.add(new ResourceRule(rule.verbs(), rule.apiGroups(), rule.resources(), rule.resourceNames()));
            }
            if (!rule.paths().isEmpty()) {
                paths.add(new PathRule(rule.verbs(), rule.paths()));
            }
        }
        return new Rules(resources, paths, false, errors);
    }
}
