package dev.muster.apiserver.stored;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.strategy.Strategy;
import dev.muster.apiserver.resource.DeleteOptions;
import dev.muster.apiserver.resource.Deleter.Deletion;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The objects of one resource type: everything that can be done to them, without HTTP. */
final class StoredObjects {

    private final Shared shared;
    private final ObjectRules rules;
    private final Creation creation;
    private final Removal removal;

    StoredObjects(Shared shared, ResourceType type, Strategy strategy) {
        this.shared = shared;
        this.rules = new ObjectRules(type, strategy);
        this.creation = new Creation(shared, rules);
        this.removal = new Removal(shared, type);
    }

    ResourceType type() {
        return rules.type();
    }

    Shared shared() {
        return shared;
    }

    Optional<Cached<ApiObject>> get(String namespace, String name) {
        return StorageKeys.key(type(), namespace, name).flatMap(shared.backend().cache()::get);
    }

    Snapshot<ApiObject> list(String namespace) {
        var cache = shared.backend().cache();
        Optional<Key> prefix = StorageKeys.prefix(type(), namespace);
        return prefix.isPresent() ? cache.list(prefix.get()) : new Snapshot<>(List.of(), cache.revision());
    }

    ApiObject create(Writer writer, ApiObject body, boolean dryRun) {
        return creation.create(writer, body, dryRun);
    }

    ApiObject revise(Writer writer, String verb, View view, UnaryOperator<ApiObject> change, boolean dryRun) {
        var revising = rules.strategy()
                .subresource(view.name())
                .map(own -> new Revising(shared, new ObjectRules(type(), own), view.name(), Portion.WHOLE))
                .orElseGet(() -> new Revising(shared, rules, view.name(), view.portion()));
        return revising.revise(writer, verb, change, dryRun);
    }

    Deletion delete(Writer writer, DeleteOptions options) {
        return removal.delete(writer, options);
    }

    /**
     * The object or a sub-resource of it.
     *
     * @param name empty for the object itself
     */
    record View(String name, Portion portion) {
        static final View WHOLE = new View("", Portion.WHOLE);
        static final View STATUS = new View("status", Portion.STATUS);
        /** Of certificate signing requests, whose strategy says what that is. */
        static final View APPROVAL = new View("approval", Portion.WHOLE);

        static final View FINALIZE = new View("finalize", Portion.FINALIZE);
    }
}
