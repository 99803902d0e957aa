package dev.muster.api.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import java.util.ArrayList;
import java.util.List;

/** What label selectors inside objects must be (in requests they are text, see the select package). */
public final class LabelSelectorRules {

    private LabelSelectorRules() {}

    public static List<Cause> check(FieldPath path, JsonNode selector) {
        var causes = new ArrayList<Cause>();
        selector.path("matchLabels").properties().forEach(label -> {
            key(path.child("matchLabels"), label.getKey(), causes);
            value(path.child("matchLabels"), label.getValue().asText(), causes);
        });
        JsonNode expressions = selector.path("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            expression(path.child("matchExpressions").index(i), expressions.path(i), causes);
        }
        return causes;
    }

    private static void expression(FieldPath path, JsonNode expression, List<Cause> causes) {
        JsonNode values = expression.path("values");
        switch (Members.text(expression, "operator")) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    causes.add(FieldErrors.required(
                            path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'"));
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    causes.add(FieldErrors.forbidden(
                            path.child("values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                }
            }
            default ->
                causes.add(FieldErrors.invalid(
                        path.child("operator"), Members.text(expression, "operator"), "not a valid selector operator"));
        }
        key(path.child("key"), Members.text(expression, "key"), causes);
        for (int i = 0; i < values.size(); i++) {
            value(path.child("values").index(i), values.path(i).asText(), causes);
        }
    }

    private static void key(FieldPath path, String key, List<Cause> causes) {
        QualifiedNames.keyProblems(key).forEach(problem -> causes.add(FieldErrors.invalid(path, key, problem)));
    }

    private static void value(FieldPath path, String value, List<Cause> causes) {
        QualifiedNames.labelValueProblems(value)
                .forEach(problem -> causes.add(FieldErrors.invalid(path, value, problem)));
    }
}
