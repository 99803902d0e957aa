package dev.muster.apiserver.request;

/**
 * Answers authorised requests. Called on the event loop: does not block and does not burn; see
 * {@link dev.muster.http.serve.Exchange#offload}. A {@link dev.muster.api.meta.StatusException} thrown here or in offloaded
 * work that the caller wraps becomes the answer.
 */
@FunctionalInterface
public interface ApiHandler {
    void handle(ApiCall call);
}
