package dev.muster.apiserver.resource;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import java.util.List;
import java.util.function.Predicate;

/** Answers DELETE of a collection. */
public interface CollectionDeleter extends Resource {

    /**
     * Deletes every object in the URL's namespace that matches. On a thread that may block.
     *
     * @return the objects that were deleted or marked
     * @throws dev.muster.api.meta.StatusException with the first refusal
     */
    List<ApiObject> deleteCollection(ApiCall call, Predicate<ApiObject> matching, DeleteOptions options);
}
