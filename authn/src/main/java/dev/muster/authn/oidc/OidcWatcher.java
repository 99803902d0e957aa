package dev.muster.authn.oidc;

import dev.muster.core.identity.Outcome;
import java.time.Duration;

/** Is told what happens, for metrics. Does not block. */
public interface OidcWatcher {

    /** Nobody looks. */
    OidcWatcher NONE = new OidcWatcher() {
        @Override
        public void judged(String issuer, Outcome outcome, Duration took) {}

        @Override
        public void fetched(String issuer, boolean well) {}
    };

    /**
     * A token of this issuer was judged.
     *
     * @param took with the waiting, if there was any
     */
    void judged(String issuer, Outcome outcome, Duration took);

    /** Keys were fetched, or were not to be had. */
    void fetched(String issuer, boolean well);
}
