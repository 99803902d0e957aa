package dev.muster.api.strategy.rbac;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Names;
import dev.muster.api.strategy.Strategy;
import java.util.List;

/** Roles of a namespace: rules about objects only. */
public final class RoleStrategy implements Strategy {

    @Override
    public void setDefaults(ObjectNode role) {}

    @Override
    public List<Cause> validate(ApiObject role) {
        return RuleRules.check(role, true);
    }

    @Override
    public List<String> nameProblems(String name, boolean generated) {
        return Names.pathSegmentProblems(name, false);
    }
}
