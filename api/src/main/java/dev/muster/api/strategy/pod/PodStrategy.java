package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Strategy;
import java.util.List;

/** Pods: stored, defaulted and checked as Kubernetes does, and never run. */
public final class PodStrategy implements Strategy {

    @Override
    public void setDefaults(ObjectNode pod) {
        PodDefaults.apply(Members.object(pod, "spec"));
    }

    @Override
    public void prepareForCreate(ObjectNode pod) {
        pod.putObject("status").put("phase", "Pending").put("qosClass", QosClass.of(pod.path("spec")));
    }

    @Override
    public void prepareForUpdate(ObjectNode pod, ApiObject old) {
        Members.keep(pod, old.tree(), "status");
    }

    @Override
    public List<Cause> validate(ApiObject pod) {
        return PodRules.check(pod.tree().path("spec"));
    }

    @Override
    public List<Cause> validateUpdate(ApiObject pod, ApiObject old) {
        var changes = PodUpdateRules.check(pod.tree().path("spec"), old.tree().path("spec"));
        return changes.isEmpty() ? validate(pod) : changes;
    }
}
