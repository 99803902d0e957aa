package dev.muster.api.strategy.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Secrets. No message repeats a value. */
public final class SecretStrategy implements Strategy {

    private static final FieldPath DATA = FieldPath.of("data");

    /** Also folds stringData, which exists on the way in only, into data. */
    @Override
    public void setDefaults(ObjectNode secret) {
        Members.defaultText(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode plain && !plain.isEmpty()) {
            ObjectNode data = Members.object(secret, "data");
            plain.properties()
                    .forEach(entry -> data.put(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode secret, ApiObject old) {
        Members.defaultText(secret, "type", Members.text(old.tree(), "type"));
    }

    @Override
    public List<Cause> validate(ApiObject secret) {
        var causes = new ArrayList<Cause>();
        JsonNode data = secret.tree().path("data");
        DataRules.keys(DATA, data, causes);
        if (DataRules.binarySize(data) > DataRules.SIZE_MAX) {
            causes.add(FieldErrors.tooLong(DATA, DataRules.SIZE_MAX));
        }
        SecretTypes.check(secret, causes);
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ApiObject secret, ApiObject old) {
        var causes = new ArrayList<Cause>();
        String type = Members.text(secret.tree(), "type");
        if (!type.equals(Members.text(old.tree(), "type"))) {
            causes.add(FieldErrors.immutable(FieldPath.of("type"), type));
        }
        DataRules.frozen(secret, old, List.of("data"), causes);
        causes.addAll(validate(secret));
        return causes;
    }
}
