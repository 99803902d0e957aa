package dev.muster.authn.oidc;

import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with one issuer, for operators.
 *
 * @param url of the issuer
 * @param keys how many of its keys are believed; empty = they were never fetched
 * @param fetched when they were last read well
 * @param failed when reading them last failed
 * @param problem what is wrong now; empty = nothing
 * @param hash of the last key set, hexadecimal SHA-256; empty = none yet
 */
public record IssuerState(
        String url,
        Optional<Integer> keys,
        Optional<Instant> fetched,
        Optional<Instant> failed,
        Optional<String> problem,
        String hash) {

    /** Whether tokens can be judged. */
    public boolean isReady() {
        return keys.isPresent();
    }
}
