package dev.muster.apiserver.resource;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.Optional;

/** Answers GET of a collection. */
public interface Lister extends Revisioned {

    /** All objects in the URL's namespace, or in all, in key order; from memory, does not block. */
    Snapshot<ApiObject> list(ApiCall call);

    /**
     * The same as it was at a revision, from after a key; may block.
     *
     * @param after empty = from the start
     * @return empty when the revision is no longer remembered
     */
    Optional<Snapshot<ApiObject>> listAt(ApiCall call, Revision at, Optional<Key> after);
}
