package dev.muster.server.accountkeys;

import dev.muster.crypto.jose.JwsSigner;
import dev.muster.crypto.jose.VerificationKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A key on disk.
 *
 * @param name of its files
 * @param made when, in whole seconds
 * @param signer empty once it signs no more
 * @param until when the last token it signed ends; {@link Instant#MAX} when that is not known
 */
record AccountKey(String name, Instant made, Optional<JwsSigner> signer, VerificationKey key, Instant until) {

    AccountKey until(Instant later) {
        return new AccountKey(name, made, signer, key, later);
    }

    AccountKey retired() {
        return new AccountKey(name, made, Optional.empty(), key, until);
    }
}
