package dev.muster.api.strategy.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;

/** ConfigMaps. */
public final class ConfigMapStrategy implements Strategy {

    @Override
    public void setDefaults(ObjectNode map) {}

    @Override
    public List<Cause> validate(ApiObject map) {
        var causes = new ArrayList<Cause>();
        JsonNode data = map.tree().path("data");
        JsonNode binary = map.tree().path("binaryData");
        DataRules.keys(FieldPath.of("data"), data, causes);
        data.properties().forEach(entry -> {
            if (binary.has(entry.getKey())) {
                causes.add(FieldErrors.invalid(
                        FieldPath.of("data").key(entry.getKey()),
                        entry.getKey(),
                        "duplicate of key present in binaryData"));
            }
        });
        DataRules.keys(FieldPath.of("binaryData"), binary, causes);
        if (DataRules.textSize(data) + DataRules.binarySize(binary) > DataRules.SIZE_MAX) {
            // The odd path is Kubernetes'.
            causes.add(FieldErrors.tooLong(new FieldPath("[]"), DataRules.SIZE_MAX));
        }
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ApiObject map, ApiObject old) {
        var causes = new ArrayList<Cause>();
        DataRules.frozen(map, old, List.of("data", "binaryData"), causes);
        causes.addAll(validate(map));
        return causes;
    }
}
