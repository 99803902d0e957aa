package dev.muster.apiserver.resource;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import java.util.function.UnaryOperator;

/** Answers PATCH. */
public interface Patcher extends Resource {

    /**
     * Changes the object that the URL names, again and again on what is stored now if others write meanwhile. On a thread
     * that may block.
     *
     * @param change from what is stored to what shall be; checked against the schema; throws a StatusException where it
     *     cannot be applied
     * @param dryRun whether nothing may be stored
     * @return what is stored now
     * @throws dev.muster.api.meta.StatusException with the refusal
     */
    ApiObject patch(ApiCall call, UnaryOperator<ApiObject> change, boolean dryRun);
}
