package dev.muster.api.strategy.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Strategy;
import java.util.List;

/** Service accounts. Secrets are referred to by name alone. */
public final class ServiceAccountStrategy implements Strategy {

    @Override
    public void setDefaults(ObjectNode account) {}

    @Override
    public void prepareForCreate(ObjectNode account) {
        cleanReferences(account);
    }

    @Override
    public void prepareForUpdate(ObjectNode account, ApiObject old) {
        cleanReferences(account);
    }

    @Override
    public List<Cause> validate(ApiObject account) {
        return List.of();
    }

    private static void cleanReferences(ObjectNode account) {
        for (JsonNode secret : account.path("secrets")) {
            if (secret instanceof ObjectNode reference) {
                reference.retain("name");
            }
        }
    }
}
