package dev.muster.apiserver.stored;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.strategy.WriteGuard;
import dev.muster.apiserver.admission.Admission;
import dev.muster.apiserver.resource.DeleteOptions;
import dev.muster.apiserver.resource.Deleter.Deletion;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Key;
import java.util.Optional;

/** How a stored object goes. */
final class Removal {

    private static final int ATTEMPTS = 6;

    private final Shared shared;
    private final ResourceType type;

    Removal(Shared shared, ResourceType type) {
        this.shared = shared;
        this.type = type;
    }

    Deletion delete(Writer writer, DeleteOptions options) {
        Key key = StorageKeys.key(type, writer.namespace(), writer.name()).orElseThrow(() -> missing(writer));
        var turn = shared.turns().keys().of(key);
        turn.lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                var stored = shared.backend().read(key).orElseThrow(() -> missing(writer));
                check(writer, options, stored.value());
                var done = Finalization.isHeld(type, stored.value())
                        ? mark(stored, options.dryRun())
                        : remove(stored, options.dryRun());
                if (done.isPresent()) {
                    return done.get();
                }
            }
            throw new StatusException(Statuses.modified(type, writer.name()));
        } finally {
            turn.unlock();
        }
    }

    private void check(Writer writer, DeleteOptions options, ApiObject object) {
        options.uid().filter(uid -> !uid.equals(object.uid())).ifPresent(uid -> {
            throw new StatusException(Statuses.uidConflict(type, writer.name(), uid, object.uid()));
        });
        options.resourceVersion()
                .filter(version -> !version.equals(object.resourceVersion()))
                .ifPresent(version -> {
                    throw new StatusException(
                            Statuses.versionConflict(type, writer.name(), version, object.resourceVersion()));
                });
        shared.admit(new Admission.Attempt(
                Admission.Operation.DELETE,
                writer.user(),
                type,
                "",
                writer.namespace(),
                writer.name(),
                Optional.empty(),
                Optional.of(object)));
        if (writer.guarded()) {
            var attempt = new WriteGuard.Attempt(
                    writer.user(),
                    writer.caller(),
                    "delete",
                    type,
                    writer.namespace(),
                    writer.name(),
                    object,
                    Optional.of(object));
            shared.guards().forEach(guard -> guard.check(attempt));
        }
    }

    private Optional<Deletion> mark(Cached<ApiObject> stored, boolean dryRun) {
        var tree = Finalization.marked(type, stored.value(), shared.system().now());
        if (tree.equals(stored.value().tree())) {
            return Optional.of(new Deletion(stored.value(), false));
        }
        if (dryRun) {
            return Optional.of(new Deletion(ApiObject.of(tree), false));
        }
        return shared.backend()
                .put(type, stored.key(), tree, stored.revision())
                .map(marked -> new Deletion(marked, false));
    }

    private Optional<Deletion> remove(Cached<ApiObject> stored, boolean dryRun) {
        boolean removed = dryRun || shared.backend().delete(type, stored.key(), stored.revision());
        return removed ? Optional.of(new Deletion(stored.value(), true)) : Optional.empty();
    }

    private StatusException missing(Writer writer) {
        return new StatusException(Statuses.notFound(type, writer.name()));
    }
}
