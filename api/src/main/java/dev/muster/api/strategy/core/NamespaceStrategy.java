package dev.muster.api.strategy.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Finalizers;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Names;
import dev.muster.api.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;

/** Namespaces. They carry their own name as a label, and a finalizer that goes when all in them has gone. */
public final class NamespaceStrategy implements Strategy {

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";
    private static final String FINALIZER = "kubernetes";
    private static final FieldPath FINALIZERS = FieldPath.of("spec", "finalizers");

    @Override
    public void setDefaults(ObjectNode namespace) {
        ObjectNode meta = Members.object(namespace, "metadata");
        String name = Members.text(meta, "name");
        if (!name.isEmpty()) {
            Members.object(meta, "labels").put(NAME_LABEL, name);
        }
        Members.defaultText(Members.object(namespace, "status"), "phase", "Active");
    }

    @Override
    public void prepareForCreate(ObjectNode namespace) {
        // A generated name was not known when defaults were set.
        setDefaults(namespace);
        namespace.putObject("status").put("phase", "Active");
        ArrayNode finalizers = Members.list(Members.object(namespace, "spec"), "finalizers");
        for (JsonNode finalizer : finalizers) {
            if (finalizer.asText().equals(FINALIZER)) {
                return;
            }
        }
        finalizers.add(FINALIZER);
    }

    @Override
    public void prepareForUpdate(ObjectNode namespace, ApiObject old) {
        Members.keep(namespace, old.tree(), "spec");
        Members.keep(namespace, old.tree(), "status");
    }

    @Override
    public List<Cause> validate(ApiObject namespace) {
        var causes = new ArrayList<Cause>();
        JsonNode finalizers = namespace.tree().path("spec").path("finalizers");
        for (JsonNode finalizer : finalizers) {
            causes.addAll(Finalizers.check(FINALIZERS, FINALIZERS, finalizer.asText()));
        }
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ApiObject namespace, ApiObject old) {
        var causes = validate(namespace);
        String phase = Members.text(namespace.tree(), "status", "phase");
        if (phase.equals(Members.text(old.tree(), "status", "phase"))) {
            return causes;
        }
        String right = namespace.isBeingDeleted() ? "Terminating" : "Active";
        if (!phase.equals(right)) {
            causes.add(FieldErrors.invalid(
                    FieldPath.of("status", "Phase"),
                    phase,
                    "may only be '" + right + "' if `deletionTimestamp` is "
                            + (namespace.isBeingDeleted() ? "not empty" : "empty")));
        }
        return causes;
    }

    @Override
    public List<String> nameProblems(String name, boolean generated) {
        return Names.dnsLabelProblems(name, generated);
    }
}
