package dev.muster.api.strategy.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Names;
import dev.muster.api.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;

/** Role bindings and cluster role bindings: who gets which role. Which role never changes. */
public final class BindingStrategy implements Strategy {

    static final String GROUP = "rbac.authorization.k8s.io";
    private static final FieldPath ROLE_REF = FieldPath.of("roleRef");

    private final boolean namespaced;

    /** @param namespaced whether the binding counts in its namespace only */
    public BindingStrategy(boolean namespaced) {
        this.namespaced = namespaced;
    }

    @Override
    public void setDefaults(ObjectNode binding) {
        Members.defaultText(Members.object(binding, "roleRef"), "apiGroup", GROUP);
        for (JsonNode subject : binding.path("subjects")) {
            String kind = Members.text(subject, "kind");
            if (subject instanceof ObjectNode one && (kind.equals("User") || kind.equals("Group"))) {
                Members.defaultText(one, "apiGroup", GROUP);
            }
        }
    }

    @Override
    public List<Cause> validate(ApiObject binding) {
        var causes = new ArrayList<Cause>();
        JsonNode role = binding.tree().path("roleRef");
        if (!Members.text(role, "apiGroup").equals(GROUP)) {
            causes.add(FieldErrors.notSupported(
                    ROLE_REF.child("apiGroup"), Members.text(role, "apiGroup"), List.of(GROUP)));
        }
        var kinds = namespaced ? List.of("Role", "ClusterRole") : List.of("ClusterRole");
        if (!kinds.contains(Members.text(role, "kind"))) {
            causes.add(FieldErrors.notSupported(ROLE_REF.child("kind"), Members.text(role, "kind"), kinds));
        }
        String name = Members.text(role, "name");
        if (name.isEmpty()) {
            causes.add(FieldErrors.required(ROLE_REF.child("name"), ""));
        }
        for (String problem : Names.pathSegmentProblems(name, false)) {
            causes.add(FieldErrors.invalid(ROLE_REF.child("name"), name, problem));
        }
        JsonNode subjects = binding.tree().path("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            SubjectRules.check(FieldPath.of("subjects").index(i), subjects.path(i), namespaced, causes);
        }
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ApiObject binding, ApiObject old) {
        var causes = validate(binding);
        JsonNode role = binding.tree().path("roleRef");
        JsonNode before = old.tree().path("roleRef");
        for (String field : List.of("apiGroup", "kind", "name")) {
            if (!Members.text(role, field).equals(Members.text(before, field))) {
                causes.add(FieldErrors.invalid(ROLE_REF, role, "cannot change roleRef"));
                break;
            }
        }
        return causes;
    }

    @Override
    public List<String> nameProblems(String name, boolean generated) {
        return Names.pathSegmentProblems(name, false);
    }
}
