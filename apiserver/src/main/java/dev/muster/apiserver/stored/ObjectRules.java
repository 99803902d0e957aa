package dev.muster.apiserver.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.strategy.ObjectMetaRules;
import dev.muster.api.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;

/** A kind's rules with those of metadata put together. */
record ObjectRules(ResourceType type, Strategy strategy) {

    /** @throws StatusException 422 with all that is wrong */
    void validate(ObjectNode tree) {
        var object = ApiObject.of(tree);
        var causes = new ArrayList<>(ObjectMetaRules.validate(object, type, strategy));
        causes.addAll(strategy.validate(object));
        refuse(object.name(), causes);
    }

    /** @throws StatusException 422 with all that is wrong */
    void validateUpdate(ObjectNode tree, ApiObject old) {
        var object = ApiObject.of(tree);
        var causes = new ArrayList<>(ObjectMetaRules.validateUpdate(object, old, type, strategy));
        causes.addAll(strategy.validateUpdate(object, old));
        refuse(old.name(), causes);
    }

    private void refuse(String name, List<Status.Cause> causes) {
        if (!causes.isEmpty()) {
            throw new StatusException(Statuses.invalid(type.gvk(), name, causes));
        }
    }
}
