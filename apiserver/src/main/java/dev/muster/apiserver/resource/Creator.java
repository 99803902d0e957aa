package dev.muster.apiserver.resource;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;

/** Answers POST. */
public interface Creator extends Resource {

    /**
     * Makes the object, or answers the question it asks (reviews). On a thread that may block.
     *
     * @param body decoded, of the right kind, unknown fields pruned
     * @param dryRun whether nothing may be stored
     * @return what to send back with 201
     * @throws dev.muster.api.meta.StatusException with the refusal
     */
    ApiObject create(ApiCall call, ApiObject body, boolean dryRun);
}
