package dev.muster.crypto.seal;

import dev.muster.core.store.Key;
import java.nio.charset.StandardCharsets;

/** One key of one provider: a prefix, and what follows it. */
interface Provider {

    /** What all sealed values begin with. */
    String ENCRYPTED = "k8s:enc:";

    /** What values of this provider begin with; empty = plain. Shared: nobody changes it. */
    byte[] prefix();

    /** Seals the value, without the prefix. */
    byte[] seal(Key key, byte[] plain);

    /**
     * Opens what follows the prefix.
     *
     * @throws java.security.GeneralSecurityException if it is not this provider's, was changed, or was sealed for another
     *     key
     */
    byte[] open(Key key, byte[] stored, int offset) throws java.security.GeneralSecurityException;

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
