package dev.muster.apiserver.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.strategy.ObjectMetaRules;
import dev.muster.api.strategy.WriteGuard;
import dev.muster.apiserver.admission.Admission;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Key;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How a stored object changes, by PUT and by PATCH. */
final class Revising {

    /** Writers of this process take turns; this many times may others get in between. */
    private static final int ATTEMPTS = 6;

    private final Shared shared;
    private final ObjectRules rules;
    private final Portion portion;
    private final String subresource;

    Revising(Shared shared, ObjectRules rules, String subresource, Portion portion) {
        this.shared = shared;
        this.rules = rules;
        this.subresource = subresource;
        this.portion = portion;
    }

    /**
     * Applies the change to what is stored, again if it was changed meanwhile.
     *
     * @param verb update or patch
     */
    ApiObject revise(Writer writer, String verb, UnaryOperator<ApiObject> change, boolean dryRun) {
        Key key = StorageKeys.key(type(), writer.namespace(), writer.name()).orElseThrow(() -> missing(writer));
        var turn = shared.turns().keys().of(key);
        turn.lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                var stored = shared.backend().read(key).orElseThrow(() -> missing(writer));
                ObjectNode proposed = change.apply(stored.value()).copyTree();
                judge(writer, verb, proposed, stored.value());
                var done = store(stored, proposed, dryRun);
                if (done.isPresent()) {
                    return done.get();
                }
            }
            throw new StatusException(Statuses.modified(type(), writer.name()));
        } finally {
            turn.unlock();
        }
    }

    /** All that Kubernetes does between the caller's words and the write, in its order. */
    private void judge(Writer writer, String verb, ObjectNode proposed, ApiObject old) {
        ObjectMetaRules.matchNamespace(proposed, writer.namespace(), type());
        ObjectMetaRules.matchName(proposed, writer.name());
        ObjectCodec.metadata(proposed).remove(List.of("managedFields", "selfLink"));
        rules.strategy().setDefaults(proposed);
        var object = ApiObject.of(proposed);
        // A PUT names with its uid the object it means; in what a patch made, another uid is a change that is not
        // allowed.
        if (verb.equals("update") && !object.uid().isEmpty() && !object.uid().equals(old.uid())) {
            throw new StatusException(Statuses.uidConflict(type(), writer.name(), object.uid(), old.uid()));
        }
        shared.admit(new Admission.Attempt(
                Admission.Operation.UPDATE,
                writer.user(),
                type(),
                subresource,
                writer.namespace(),
                writer.name(),
                Optional.of(object),
                Optional.of(old)));
        if (writer.guarded()) {
            var attempt = new WriteGuard.Attempt(
                    writer.user(),
                    writer.caller(),
                    verb,
                    type(),
                    writer.namespace(),
                    writer.name(),
                    object,
                    Optional.of(old));
            shared.guards().forEach(guard -> guard.check(attempt));
        }
        checkVersion(object.resourceVersion(), proposed, old);
        ObjectMetaRules.keepSystemFields(proposed, old);
        portion.restrict(proposed, old, rules.strategy());
        rules.validateUpdate(proposed, old);
    }

    private void checkVersion(String given, ObjectNode proposed, ApiObject old) {
        if (given.isEmpty() || given.equals("0")) {
            if (!rules.strategy().allowsUnconditionalUpdate()) {
                throw invalidVersion(old, "0x0", "must be specified for an update", false);
            }
            ObjectCodec.metadata(proposed).put("resourceVersion", old.resourceVersion());
        } else if (!given.chars().allMatch(c -> c >= '0' && c <= '9') || given.length() > 20) {
            throw invalidVersion(old, given, "must be a resourceVersion that this server gave", true);
        } else if (!given.equals(old.resourceVersion())) {
            throw new StatusException(Statuses.modified(type(), old.name()));
        }
    }

    private StatusException invalidVersion(ApiObject old, String value, String why, boolean quoted) {
        var path = FieldPath.of("metadata", "resourceVersion");
        var cause = FieldErrors.invalid(path, quoted ? value : new Unquoted(value), why);
        return new StatusException(Statuses.invalid(type().gvk(), old.name(), List.of(cause)));
    }

    private Optional<ApiObject> store(Cached<ApiObject> stored, ObjectNode proposed, boolean dryRun) {
        var old = stored.value();
        var object = ApiObject.of(proposed);
        if (isReleased(object, old)) {
            boolean removed = dryRun || shared.backend().delete(type(), stored.key(), stored.revision());
            return removed ? Optional.of(object) : Optional.empty();
        }
        if (proposed.equals(old.tree())) {
            return Optional.of(old);
        }
        return dryRun ? Optional.of(object) : shared.backend().put(type(), stored.key(), proposed, stored.revision());
    }

    /** Whether deletion had been asked for and nothing holds the object any more. */
    private boolean isReleased(ApiObject object, ApiObject old) {
        return old.isBeingDeleted()
                && object.finalizers().isEmpty()
                && old.metadata().path("deletionGracePeriodSeconds").asLong(0) == 0
                && !Finalization.isHeldByKind(type(), object);
    }

    private StatusException missing(Writer writer) {
        return new StatusException(Statuses.notFound(type(), writer.name()));
    }

    private ResourceType type() {
        return rules.type();
    }

    /** Shown as it is: Kubernetes prints this one as a number. */
    private record Unquoted(String text) {
        @Override
        public String toString() {
            return text;
        }
    }
}
