package dev.muster.apiserver.resource;

import dev.muster.apiserver.request.ApiCall;

/** One verb over HTTP. Called on the event loop. */
@FunctionalInterface
public interface Verb<R extends Resource> {

    /** @throws dev.muster.api.meta.StatusException with the refusal, from the calling thread alone */
    void handle(ApiCall call, R resource);
}
