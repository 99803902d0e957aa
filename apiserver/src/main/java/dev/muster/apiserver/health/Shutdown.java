package dev.muster.apiserver.health;

import java.util.Optional;

/** Whether the server is on its way out: then it is not ready, and still alive. */
public final class Shutdown {

    private volatile boolean begun;

    /** From now on {@code /readyz} fails, so that load balancers look elsewhere before connections are closed. */
    public void begin() {
        begun = true;
    }

    public boolean hasBegun() {
        return begun;
    }

    Check check() {
        return Check.ofReadiness("shutdown", () -> begun ? Optional.of("process is shutting down") : Optional.empty());
    }
}
