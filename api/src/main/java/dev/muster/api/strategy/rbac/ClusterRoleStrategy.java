package dev.muster.api.strategy.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.LabelSelectorRules;
import dev.muster.api.strategy.Names;
import dev.muster.api.strategy.Strategy;
import java.util.List;

/** Cluster roles: rules, or selectors of roles whose rules they gather. */
public final class ClusterRoleStrategy implements Strategy {

    @Override
    public void setDefaults(ObjectNode role) {}

    @Override
    public List<Cause> validate(ApiObject role) {
        var causes = RuleRules.check(role, false);
        JsonNode aggregation = role.tree().path("aggregationRule");
        if (aggregation.isObject()) {
            FieldPath path = FieldPath.of("aggregationRule", "clusterRoleSelectors");
            JsonNode selectors = aggregation.path("clusterRoleSelectors");
            if (selectors.isEmpty()) {
                causes.add(FieldErrors.required(
                        path, "at least one clusterRoleSelector required if aggregationRule is non-nil"));
            }
            for (int i = 0; i < selectors.size(); i++) {
                causes.addAll(LabelSelectorRules.check(path.index(i), selectors.path(i)));
            }
        }
        return causes;
    }

    @Override
    public List<String> nameProblems(String name, boolean generated) {
        return Names.pathSegmentProblems(name, false);
    }
}
