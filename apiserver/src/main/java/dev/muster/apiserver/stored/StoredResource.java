package dev.muster.apiserver.stored;

import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.CollectionDeleter;
import dev.muster.apiserver.resource.Creator;
import dev.muster.apiserver.resource.DeleteOptions;
import dev.muster.apiserver.resource.Deleter;
import dev.muster.apiserver.resource.Patcher;
import dev.muster.apiserver.resource.Updater;
import dev.muster.apiserver.resource.Watchable;
import dev.muster.apiserver.stored.StoredObjects.View;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Listener;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Cache.Subscription;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A resource whose objects are kept in the store: every verb. Namespaces cannot be deleted by the collection. */
class StoredResource extends StoredReads implements Watchable, Creator, Updater, Patcher, Deleter {

    private final ObjectCodec codec = new ObjectCodec();

    StoredResource(StoredObjects objects) {
        super(objects);
    }

    /** With deletion of whole collections. */
    static final class Collected extends StoredResource implements CollectionDeleter {

        Collected(StoredObjects objects) {
            super(objects);
        }

        @Override
        public List<ApiObject> deleteCollection(ApiCall call, Predicate<ApiObject> matching, DeleteOptions options) {
            var deleted = new ArrayList<ApiObject>();
            for (Cached<ApiObject> one : list(call).items()) {
                if (matching.test(one.value())) {
                    delete(call, one.value(), options).ifPresent(deleted::add);
                }
            }
            return deleted;
        }

        private Optional<ApiObject> delete(ApiCall call, ApiObject one, DeleteOptions options) {
            try {
                var writer = new Writer(call.user(), call.caller(), true, one.namespace(), one.name());
                return Optional.of(objects.delete(writer, options).object());
            } catch (StatusException e) {
                if (e.status().code() == 404) {
                    return Optional.empty();
                }
                throw e;
            }
        }
    }

    @Override
    public Snapshot<ApiObject> list(ApiCall call) {
        return objects.list(namespaceOf(call));
    }

    @Override
    public Optional<Page> listAt(ApiCall call, Revision at, Optional<Key> after, int limit) {
        var prefix = StorageKeys.prefix(type(), namespaceOf(call));
        if (prefix.isEmpty()) {
            return Optional.of(new Page(List.of(), at, false));
        }
        return switch (objects.shared().backend().store().list(prefix.get(), after, at, limit)) {
            case Listing.Page page -> {
                var items = page.entries().stream()
                        .map(entry -> new Cached<>(entry.key(), codec.apply(entry), entry.modified()))
                        .toList();
                yield Optional.of(new Page(items, page.revision(), page.more()));
            }
            case Listing.Compacted _, Listing.Ahead _ -> Optional.empty();
        };
    }

    @Override
    public Key prefix(ApiCall call) {
        return StorageKeys.prefix(type(), namespaceOf(call)).orElse(StorageKeys.prefix(type()));
    }

    @Override
    public Optional<Subscription> watch(ApiCall call, Revision after, Listener<ApiObject> listener) {
        return objects.shared().backend().cache().watch(prefix(call), after, listener);
    }

    @Override
    public ApiObject create(ApiCall call, ApiObject body, boolean dryRun) {
        return objects.create(new Writer(call.user(), call.caller(), true, namespaceOf(call), ""), body, dryRun);
    }

    @Override
    public ApiObject update(ApiCall call, ApiObject body, boolean dryRun) {
        return objects.revise(writer(call), "update", View.WHOLE, _ -> body, dryRun);
    }

    @Override
    public ApiObject patch(ApiCall call, UnaryOperator<ApiObject> change, boolean dryRun) {
        return objects.revise(writer(call), "patch", View.WHOLE, change, dryRun);
    }

    @Override
    public Deletion delete(ApiCall call, DeleteOptions options) {
        return objects.delete(writer(call), options);
    }
}
