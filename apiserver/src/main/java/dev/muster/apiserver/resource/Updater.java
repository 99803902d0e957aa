package dev.muster.apiserver.resource;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;

/** Answers PUT. */
public interface Updater extends Resource {

    /**
     * Replaces the object that the URL names. On a thread that may block.
     *
     * @param body decoded, of the right kind, unknown fields pruned
     * @param dryRun whether nothing may be stored
     * @return what is stored now
     * @throws dev.muster.api.meta.StatusException with the refusal
     */
    ApiObject update(ApiCall call, ApiObject body, boolean dryRun);
}
