package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.QualifiedNames;
import java.util.List;

/** What tolerations must be. */
final class TolerationRules {

    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private TolerationRules() {}

    static void check(FieldPath path, JsonNode tolerations, List<Cause> causes) {
        for (int i = 0; i < tolerations.size(); i++) {
            one(path.index(i), tolerations.path(i), causes);
        }
    }

    private static void one(FieldPath path, JsonNode toleration, List<Cause> causes) {
        String key = Members.text(toleration, "key");
        String operator = Members.text(toleration, "operator");
        String value = Members.text(toleration, "value");
        String effect = Members.text(toleration, "effect");
        if (!key.isEmpty()) {
            QualifiedNames.keyProblems(key)
                    .forEach(problem -> causes.add(FieldErrors.invalid(path.child("key"), key, problem)));
        } else if (!operator.equals("Exists")) {
            causes.add(FieldErrors.invalid(
                    path.child("operator"),
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\""));
        }
        if (toleration.hasNonNull("tolerationSeconds") && !effect.equals("NoExecute")) {
            causes.add(FieldErrors.invalid(
                    path.child("effect"), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
        }
        switch (operator) {
            case "Equal", "" ->
                QualifiedNames.labelValueProblems(value)
                        .forEach(problem -> causes.add(FieldErrors.invalid(path.child("operator"), value, problem)));
            case "Exists" -> {
                if (!value.isEmpty()) {
                    causes.add(FieldErrors.invalid(
                            path.child("operator"), toleration, "value must be empty when `operator` is 'Exists'"));
                }
            }
            default ->
                causes.add(FieldErrors.notSupported(path.child("operator"), operator, List.of("Equal", "Exists")));
        }
        if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
            causes.add(FieldErrors.notSupported(path.child("effect"), effect, EFFECTS));
        }
    }
}
