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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Events of the core group: those of old have no eventTime, those of today say who reports. */
public final class EventStrategy implements Strategy {

    private static final FieldPath NAMESPACE = FieldPath.of("involvedObject", "namespace");
    private static final int SHORT_MAX = 128;
    private static final int MESSAGE_MAX = 1024;

    @Override
    public void setDefaults(ObjectNode event) {}

    @Override
    public List<Cause> validate(ApiObject event) {
        var causes = new ArrayList<Cause>();
        JsonNode tree = event.tree();
        String involved = Members.text(tree, "involvedObject", "namespace");
        boolean today = tree.hasNonNull("eventTime");
        boolean matches;
        if (involved.isEmpty()) {
            matches = event.namespace().isEmpty()
                    || event.namespace().equals("default")
                    || today && event.namespace().equals("kube-system");
        } else {
            matches = today || event.namespace().equals(involved);
        }
        if (!matches) {
            causes.add(FieldErrors.invalid(NAMESPACE, involved, "does not match event.namespace"));
        }
        if (today) {
            required(tree, "reportingComponent", causes);
            String reporter = Members.text(tree, "reportingComponent");
            QualifiedNames.keyProblems(reporter)
                    .forEach(problem ->
                            causes.add(FieldErrors.invalid(FieldPath.of("reportingComponent"), reporter, problem)));
            for (String field : List.of("reportingInstance", "action", "reason")) {
                required(tree, field, causes);
                atMost(tree, field, SHORT_MAX, causes);
            }
            atMost(tree, "message", MESSAGE_MAX, causes);
        }
        return causes;
    }

    private static void required(JsonNode tree, String field, List<Cause> causes) {
        if (Members.text(tree, field).isEmpty()) {
            causes.add(FieldErrors.required(FieldPath.of(field), ""));
        }
    }

    private static void atMost(JsonNode tree, String field, int most, List<Cause> causes) {
        if (Members.text(tree, field).getBytes(StandardCharsets.UTF_8).length > most) {
            causes.add(FieldErrors.invalid(FieldPath.of(field), "", "can have at most " + most + " characters"));
        }
    }
}
