package dev.muster.http.serve;

/** Handles exchanges. Called on the event loop: do not block, do not burn; see {@link Exchange#offload}. */
@FunctionalInterface
public interface Handler {
    void handle(Exchange exchange);
}
