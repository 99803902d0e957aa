package dev.muster.apiserver.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.strategy.ObjectMetaRules;
import dev.muster.api.strategy.WriteGuard;
import dev.muster.apiserver.admission.Admission;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.Optional;

/** How a new object comes into being. */
final class Creation {

    /** Enough for a million names of one prefix, says Kubernetes. */
    private static final int NAME_ATTEMPTS = 8;

    private final Shared shared;
    private final ObjectRules rules;

    Creation(Shared shared, ObjectRules rules) {
        this.shared = shared;
        this.rules = rules;
    }

    ApiObject create(Writer writer, ApiObject body, boolean dryRun) {
        String prefix = body.metadata().path("generateName").asText("");
        boolean generated = body.name().isEmpty() && !prefix.isEmpty();
        String name = body.name();
        for (int attempt = 0; attempt < (generated ? NAME_ATTEMPTS : 1); attempt++) {
            ObjectNode tree = body.copyTree();
            if (generated) {
                name = shared.system().generateName(prefix);
                ObjectCodec.metadata(tree).put("name", name);
            }
            var made = attempt(writer, tree, dryRun);
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw new StatusException(
                generated ? Statuses.generateNameConflict(type(), name) : alreadyExists(writer.namespace(), name));
    }

    private Optional<ApiObject> attempt(Writer writer, ObjectNode tree, boolean dryRun) {
        SystemFields.wipe(tree);
        ObjectMetaRules.matchNamespace(tree, writer.namespace(), type());
        if (!ApiObject.of(tree).resourceVersion().isEmpty()) {
            throw new StatusException(
                    Statuses.badRequest("resourceVersion should not be set on objects to be created"));
        }
        rules.strategy().setDefaults(tree);
        shared.system().fill(tree);
        if (!type().namespaced()) {
            return make(writer, tree, dryRun);
        }
        var making = shared.turns().namespaces().making(writer.namespace());
        making.lock();
        try {
            return make(writer, tree, dryRun);
        } finally {
            making.unlock();
        }
    }

    private Optional<ApiObject> make(Writer writer, ObjectNode tree, boolean dryRun) {
        check(writer, tree);
        Key key = StorageKeys.key(type(), writer.namespace(), ApiObject.of(tree).name())
                .orElseThrow(() -> new IllegalStateException("validation let a name pass that is no key"));
        if (dryRun) {
            return shared.backend().read(key).isPresent() ? Optional.empty() : Optional.of(ApiObject.of(tree));
        }
        return shared.backend().put(type(), key, tree, Revision.NONE);
    }

    private void check(Writer writer, ObjectNode tree) {
        var object = ApiObject.of(tree);
        var creating = new Admission.Attempt(
                Admission.Operation.CREATE,
                writer.user(),
                type(),
                "",
                writer.namespace(),
                object.name(),
                Optional.of(object),
                Optional.empty());
        shared.mutate(creating, tree);
        shared.admit(creating);
        if (writer.guarded()) {
            var attempt = new WriteGuard.Attempt(
                    writer.user(), writer.caller(), "create", type(), writer.namespace(), "", object, Optional.empty());
            shared.guards().forEach(guard -> guard.check(attempt));
        }
        rules.strategy().prepareForCreate(tree, writer.user());
        rules.validate(tree);
    }

    private Status alreadyExists(String namespace, String name) {
        var plain = Statuses.alreadyExists(type(), name);
        boolean leaving = StorageKeys.key(type(), namespace, name)
                .flatMap(shared.backend()::read)
                .filter(there -> there.value().isBeingDeleted())
                .isPresent();
        return leaving
                ? new Status(
                        plain.code(), plain.reason(), "object is being deleted: " + plain.message(), plain.details())
                : plain;
    }

    private ResourceType type() {
        return rules.type();
    }
}
