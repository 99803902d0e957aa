package dev.muster.api.strategy.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.QualifiedNames;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What data by key must be, in ConfigMaps and Secrets. */
final class DataRules {

    /** All values of one object together, in bytes. */
    static final int SIZE_MAX = 1024 * 1024;

    private static final String FROZEN = "field is immutable when `immutable` is set";

    private DataRules() {}

    static void keys(FieldPath path, JsonNode data, List<Cause> causes) {
        data.properties()
                .forEach(entry -> QualifiedNames.dataKeyProblems(entry.getKey())
                        .forEach(problem ->
                                causes.add(FieldErrors.invalid(path.key(entry.getKey()), entry.getKey(), problem))));
    }

    static long textSize(JsonNode data) {
        long size = 0;
        for (JsonNode value : data) {
            size += value.asText().getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    /** Of values in Base64. */
    static long binarySize(JsonNode data) {
        long size = 0;
        for (JsonNode value : data) {
            String text = value.asText();
            int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
            size += text.length() / 4 * 3L - padding;
        }
        return size;
    }

    /** Once immutable, always immutable. The values are not shown. */
    static void frozen(ApiObject object, ApiObject old, List<String> fields, List<Cause> causes) {
        if (!old.tree().path("immutable").asBoolean(false)) {
            return;
        }
        if (!object.tree().path("immutable").asBoolean(false)) {
            causes.add(FieldErrors.forbidden(FieldPath.of("immutable"), FROZEN));
        }
        for (String field : fields) {
            JsonNode now = object.tree().path(field);
            JsonNode before = old.tree().path(field);
            if (!now.equals(before) && !(now.isEmpty() && before.isEmpty())) {
                causes.add(FieldErrors.forbidden(FieldPath.of(field), FROZEN));
            }
        }
    }
}
