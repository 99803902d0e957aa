package dev.muster.core.certificate;

import java.security.PublicKey;
import java.util.Optional;

/** Which public keys were taken back: nobody certifies them again. Thread-safe. */
@FunctionalInterface
public interface RevokedKeys {

    /** None. */
    RevokedKeys NONE = _ -> Optional.empty();

    /** The name of a Revocation that takes the key back. */
    Optional<String> revoking(PublicKey key);
}
