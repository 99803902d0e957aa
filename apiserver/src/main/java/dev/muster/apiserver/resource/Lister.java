package dev.muster.apiserver.resource;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.List;
import java.util.Optional;

/** Answers GET of a collection. */
public interface Lister extends Revisioned {

    /** All objects in the URL's namespace, or in all, in key order; from memory, does not block. */
    Snapshot<ApiObject> list(ApiCall call);

    /**
     * The same as it was at a revision; may block.
     *
     * @param after only keys greater than this one; empty = from the start
     * @param limit at most this many; 0 = all
     * @return empty when the revision is no longer remembered, or not reached yet
     */
    Optional<Page> listAt(ApiCall call, Revision at, Optional<Key> after, int limit);

    /** What all keys of {@link #list} begin with. */
    Key prefix(ApiCall call);

    /**
     * Some objects in key order.
     *
     * @param more whether there are further ones after the last
     */
    record Page(List<Cached<ApiObject>> items, Revision revision, boolean more) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
