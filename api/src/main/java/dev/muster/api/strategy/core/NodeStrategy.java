package dev.muster.api.strategy.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.QualifiedNames;
import dev.muster.api.strategy.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Nodes. They come with their status, as kubelets register them so; later it is the status sub-resource's. */
public final class NodeStrategy implements Strategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    @Override
    public void setDefaults(ObjectNode node) {
        if (node.get("status") instanceof ObjectNode status
                && !status.has("allocatable")
                && status.path("capacity").isObject()) {
            status.set("allocatable", status.get("capacity").deepCopy());
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode node, ApiObject old) {
        Members.keep(node, old.tree(), "status");
    }

    @Override
    public List<Cause> validate(ApiObject node) {
        var causes = new ArrayList<Cause>();
        JsonNode taints = node.tree().path("spec").path("taints");
        var seen = new HashSet<String>();
        for (int i = 0; i < taints.size(); i++) {
            FieldPath path = SPEC.child("taints").index(i);
            JsonNode taint = taints.path(i);
            taint(path, taint, causes);
            if (!seen.add(Members.text(taint, "effect") + " " + Members.text(taint, "key"))) {
                causes.add(FieldErrors.duplicate(path, taint));
            }
        }
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ApiObject node, ApiObject old) {
        var causes = validate(node);
        JsonNode now = node.tree().path("spec");
        JsonNode before = old.tree().path("spec");
        if (!before.path("podCIDRs").isEmpty() && !now.path("podCIDRs").equals(before.path("podCIDRs"))) {
            causes.add(FieldErrors.forbidden(
                    SPEC.child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid"));
        }
        String provider = Members.text(before, "providerID");
        if (!provider.isEmpty() && !provider.equals(Members.text(now, "providerID"))) {
            causes.add(FieldErrors.forbidden(
                    SPEC.child("providerID"), "node updates may not change providerID except from \"\" to valid"));
        }
        return causes;
    }

    private static void taint(FieldPath path, JsonNode taint, List<Cause> causes) {
        String key = Members.text(taint, "key");
        QualifiedNames.keyProblems(key)
                .forEach(problem -> causes.add(FieldErrors.invalid(path.child("key"), key, problem)));
        String value = Members.text(taint, "value");
        QualifiedNames.labelValueProblems(value)
                .forEach(problem -> causes.add(FieldErrors.invalid(path.child("value"), value, problem)));
        String effect = Members.text(taint, "effect");
        if (effect.isEmpty()) {
            causes.add(FieldErrors.required(path.child("effect"), ""));
        } else if (!EFFECTS.contains(effect)) {
            causes.add(FieldErrors.notSupported(path.child("effect"), effect, EFFECTS));
        }
    }
}
