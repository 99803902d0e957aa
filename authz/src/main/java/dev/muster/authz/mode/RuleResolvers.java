package dev.muster.authz.mode;

import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.User;
import java.util.ArrayList;
import java.util.List;

/** What several authorizers would list, one after the other; incomplete as soon as one of them is. */
public final class RuleResolvers implements RuleResolver {

    private final List<RuleResolver> members;

    public RuleResolvers(List<RuleResolver> members) {
        this.members = List.copyOf(members);
    }

    @Override
    public Rules rulesFor(User user, String namespace) {
        var resources = new ArrayList<ResourceRule>();
        var paths = new ArrayList<PathRule>();
        var errors = new ArrayList<String>();
        boolean incomplete = false;
        for (RuleResolver member : members) {
            Rules rules = member.rulesFor(user, namespace);
            resources.addAll(rules.resourceRules());
            paths.addAll(rules.pathRules());
            errors.addAll(rules.errors());
            incomplete |= rules.incomplete();
        }
        return new Rules(resources, paths, incomplete, errors);
    }
}
