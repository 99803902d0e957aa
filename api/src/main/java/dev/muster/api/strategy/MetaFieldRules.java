package dev.muster.api.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules for the single fields of metadata: labels, annotations, finalizers, managedFields. */
final class MetaFieldRules {

    /** All keys and values of annotations together, in bytes. */
    static final int ANNOTATIONS_MAX = 256 * 1024;

    private static final int MANAGER_MAX = 128;
    private static final int SUBRESOURCE_MAX = 256;

    private MetaFieldRules() {}

    static List<Cause> labels(FieldPath path, Map<String, String> labels) {
        var causes = new ArrayList<Cause>();
        labels.forEach((key, value) -> {
            QualifiedNames.keyProblems(key).forEach(problem -> causes.add(FieldErrors.invalid(path, key, problem)));
            QualifiedNames.labelValueProblems(value)
                    .forEach(problem -> causes.add(FieldErrors.invalid(path, value, problem)));
        });
        return causes;
    }

    /** Upper case is fine in keys of annotations, in the prefix too. */
    static List<Cause> annotations(FieldPath path, Map<String, String> annotations) {
        var causes = new ArrayList<Cause>();
        long size = 0;
        for (var entry : annotations.entrySet()) {
            QualifiedNames.keyProblems(entry.getKey().toLowerCase(Locale.ROOT))
                    .forEach(problem -> causes.add(FieldErrors.invalid(path, entry.getKey(), problem)));
            size += Names.bytes(entry.getKey()) + (long) Names.bytes(entry.getValue());
        }
        if (size > ANNOTATIONS_MAX) {
            causes.add(FieldErrors.tooLong(path, ANNOTATIONS_MAX));
        }
        return causes;
    }

    static List<Cause> finalizers(FieldPath path, List<String> finalizers) {
        var causes = new ArrayList<Cause>();
        for (int i = 0; i < finalizers.size(); i++) {
            causes.addAll(Finalizers.check(path, path.index(i), finalizers.get(i)));
        }
        if (finalizers.contains(Finalizers.ORPHAN) && finalizers.contains(Finalizers.FOREGROUND)) {
            causes.add(FieldErrors.invalid(
                    path,
                    finalizers,
                    "finalizer " + Finalizers.ORPHAN + " and " + Finalizers.FOREGROUND + " cannot be both set"));
        }
        return causes;
    }

    static List<Cause> managedFields(FieldPath path, JsonNode entries) {
        var causes = new ArrayList<Cause>();
        for (int i = 0; i < entries.size(); i++) {
            managedField(path.index(i), entries.path(i), causes);
        }
        return causes;
    }

    private static void managedField(FieldPath path, JsonNode entry, List<Cause> causes) {
        String operation = entry.path("operation").asText("");
        if (operation.isEmpty()) {
            causes.add(FieldErrors.required(path.child("operation"), "must not be empty"));
        } else if (!operation.equals("Apply") && !operation.equals("Update")) {
            causes.add(FieldErrors.notSupported(path.child("operation"), operation, List.of("Apply", "Update")));
        }
        String type = entry.path("fieldsType").asText("");
        if (!type.isEmpty() && !type.equals("FieldsV1")) {
            causes.add(FieldErrors.invalid(path.child("fieldsType"), type, "must be `FieldsV1`"));
        }
        causes.addAll(manager(path.child("manager"), entry.path("manager").asText("")));
        if (Names.bytes(entry.path("subresource").asText("")) > SUBRESOURCE_MAX) {
            causes.add(FieldErrors.tooLong(path.child("subresource"), SUBRESOURCE_MAX));
        }
    }

    /** A field manager's name: printable, at most 128 bytes. */
    static List<Cause> manager(FieldPath path, String manager) {
        var causes = new ArrayList<Cause>();
        if (Names.bytes(manager) > MANAGER_MAX) {
            causes.add(FieldErrors.tooLong(path, MANAGER_MAX));
        }
        int position = 0;
        for (int c : manager.codePoints().toArray()) {
            if (!GoText.isPrintable(c)) {
                String problem = "invalid character U+%04X (at position %d)".formatted(c, position);
                causes.add(FieldErrors.invalid(path, manager, problem));
            }
            position += Names.bytes(Character.toString(c));
        }
        return causes;
    }
}
