package dev.muster.api.strategy;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status;
import java.util.List;

/** What must hold of every object's metadata, with Kubernetes' messages and field paths. */
public final class ObjectMetaRules {

    private ObjectMetaRules() {}

    public static List<Status.Cause> validate(ApiObject object, ResourceType type, Strategy strategy) {
        throw new UnsupportedOperationException("to be written");
    }

    public static List<Status.Cause> validateUpdate(
            ApiObject object, ApiObject old, ResourceType type, Strategy strategy) {
        throw new UnsupportedOperationException("to be written");
    }
}
