package dev.muster.apiserver.resource;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.core.store.Cache.Listener;
import dev.muster.core.store.Cache.Subscription;
import dev.muster.core.store.Revision;
import java.util.Optional;

/** Answers watches of a collection. */
public interface Watchable extends Lister {

    /**
     * Tells of every change in the URL's namespace, or in all, after the revision.
     *
     * @return empty when the revision is no longer remembered
     */
    Optional<Subscription> watch(ApiCall call, Revision after, Listener<ApiObject> listener);
}
