package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.QualifiedNames;
import java.util.List;

/** What variables of a container's environment must be. */
final class EnvRules {

    private static final List<String> SOURCES =
            List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");

    private EnvRules() {}

    static void check(FieldPath path, JsonNode env, List<Cause> causes) {
        for (int i = 0; i < env.size(); i++) {
            FieldPath at = path.index(i);
            String name = Members.text(env.path(i), "name");
            if (name.isEmpty()) {
                causes.add(FieldErrors.required(at.child("name"), ""));
            } else if (!name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '=')) {
                causes.add(FieldErrors.invalid(
                        at.child("name"),
                        name,
                        "a valid environment variable name must consist only of printable ASCII characters other than"
                                + " '='"));
            }
            if (env.path(i).path("valueFrom").isObject()) {
                source(at.child("valueFrom"), env.path(i), causes);
            }
        }
    }

    private static void source(FieldPath path, JsonNode variable, List<Cause> causes) {
        JsonNode from = variable.path("valueFrom");
        long sources = SOURCES.stream().filter(from::hasNonNull).count();
        if (sources == 0) {
            causes.add(FieldErrors.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"));
        } else if (!Members.text(variable, "value").isEmpty()) {
            causes.add(FieldErrors.invalid(path, "", "may not be specified when `value` is not empty"));
        } else if (sources > 1) {
            causes.add(FieldErrors.invalid(path, "", "may not have more than one field specified at a time"));
        }
        for (String kind : List.of("configMapKeyRef", "secretKeyRef")) {
            if (from.path(kind).isObject()) {
                String key = Members.text(from, kind, "key");
                FieldPath at = path.child(kind, "key");
                if (key.isEmpty()) {
                    causes.add(FieldErrors.required(at, ""));
                } else {
                    QualifiedNames.dataKeyProblems(key)
                            .forEach(problem -> causes.add(FieldErrors.invalid(at, key, problem)));
                }
            }
        }
    }
}
