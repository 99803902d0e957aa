package dev.muster.apiserver.resource;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;

/** Answers DELETE of one object. */
public interface Deleter extends Resource {

    /**
     * Removes the object that the URL names, or marks it for removal. On a thread that may block.
     *
     * @throws dev.muster.api.meta.StatusException with the refusal
     */
    Deletion delete(ApiCall call, DeleteOptions options);

    /**
     * What became of it.
     *
     * @param object as it was, or as it is now that it waits
     * @param gone whether it is removed; false while finalizers or a grace period hold it
     */
    record Deletion(ApiObject object, boolean gone) {}
}
