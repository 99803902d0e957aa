package dev.muster.api.strategy.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import java.util.ArrayList;
import java.util.List;

/** What policy rules must be. */
final class RuleRules {

    /** Kubernetes' sentence, and what to do. */
    static final String NAMESPACED =
            "namespaced rules cannot apply to non-resource URLs; put them in a ClusterRole bound"
                    + " by a ClusterRoleBinding";

    private RuleRules() {}

    static List<Cause> check(ApiObject role, boolean namespaced) {
        var causes = new ArrayList<Cause>();
        JsonNode rules = role.tree().path("rules");
        for (int i = 0; i < rules.size(); i++) {
            rule(FieldPath.of("rules").index(i), rules.path(i), namespaced, causes);
        }
        return causes;
    }

    private static void rule(FieldPath path, JsonNode rule, boolean namespaced, List<Cause> causes) {
        if (rule.path("verbs").isEmpty()) {
            causes.add(FieldErrors.required(path.child("verbs"), "verbs must contain at least one value"));
        }
        JsonNode urls = rule.path("nonResourceURLs");
        if (!urls.isEmpty()) {
            if (namespaced) {
                causes.add(FieldErrors.invalid(path.child("nonResourceURLs"), urls, NAMESPACED));
            }
            if (!rule.path("apiGroups").isEmpty()
                    || !rule.path("resources").isEmpty()
                    || !rule.path("resourceNames").isEmpty()) {
                causes.add(FieldErrors.invalid(
                        path.child("nonResourceURLs"),
                        urls,
                        "rules cannot apply to both regular resources and non-resource URLs"));
            }
            return;
        }
        if (rule.path("apiGroups").isEmpty()) {
            causes.add(
                    FieldErrors.required(path.child("apiGroups"), "resource rules must supply at least one api group"));
        }
        if (rule.path("resources").isEmpty()) {
            causes.add(
                    FieldErrors.required(path.child("resources"), "resource rules must supply at least one resource"));
        }
    }
}
