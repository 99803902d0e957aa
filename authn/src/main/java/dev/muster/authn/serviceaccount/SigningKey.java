package dev.muster.authn.serviceaccount;

import dev.muster.crypto.jose.JwsSigner;
import java.time.Instant;

/** The key that signs tokens now. Asked for each token; may block. */
public interface SigningKey {

    /** For a token that ends then: what verifies it is kept at least as long. */
    JwsSigner until(Instant end);

    /** For a token without an end, in a secret. */
    JwsSigner endless();

    /** Always this one. */
    static SigningKey fixed(JwsSigner signer) {
        return new SigningKey() {
            @Override
            public JwsSigner until(Instant end) {
                return signer;
            }

            @Override
            public JwsSigner endless() {
                return signer;
            }
        };
    }
}
