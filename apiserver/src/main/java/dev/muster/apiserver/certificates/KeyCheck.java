package dev.muster.apiserver.certificates;

import dev.muster.core.certificate.RevokedKeys;
import dev.muster.crypto.x509.CertificateRequest;
import java.util.Optional;

/** Whether a key may be certified once more: one that was taken back may not, in whoever's name. */
public final class KeyCheck {

    /** Of the condition {@code Failed}. */
    public static final String REASON = "PublicKeyRevoked";

    private KeyCheck() {}

    /** What to tell whoever asked. */
    public static Optional<String> problem(CertificateRequest request, RevokedKeys revoked) {
        return revoked.revoking(request.key())
                .map(name -> "the request's public key was taken back by revocation \"" + name
                        + "\": make a new key and ask again");
    }
}
