package dev.muster.apiserver.stored;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Getter;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Revision;
import java.time.Duration;
import java.util.Optional;

/** What a stored resource and its sub-resources have in common: one object, from the cache. */
abstract class StoredReads implements Getter {

    final StoredObjects objects;

    StoredReads(StoredObjects objects) {
        this.objects = objects;
    }

    @Override
    public ResourceType type() {
        return objects.type();
    }

    @Override
    public Revision revision() {
        return objects.shared().backend().cache().revision();
    }

    @Override
    public boolean await(Revision revision, Duration atMost) throws InterruptedException {
        return objects.shared().backend().cache().await(revision, atMost);
    }

    @Override
    public Optional<ApiObject> get(ApiCall call) {
        return objects.get(call.info().namespace(), call.info().name()).map(Cached::value);
    }

    final Writer writer(ApiCall call) {
        return new Writer(
                call.user(), call.caller(), true, namespaceOf(call), call.info().name());
    }

    /** A Namespace's own URL reads as if it were in itself. */
    final String namespaceOf(ApiCall call) {
        return type().namespaced() ? call.info().namespace() : "";
    }
}
