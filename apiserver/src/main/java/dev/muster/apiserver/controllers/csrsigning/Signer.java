package dev.muster.apiserver.controllers.csrsigning;

import dev.muster.crypto.x509.CertificateRequest;
import dev.muster.crypto.x509.KeyUse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Makes certificates: our own authority, or another that is asked. May block. */
@FunctionalInterface
public interface Signer {

    /**
     * The certificate of an approved request that fits the signer's profile.
     *
     * @param lifetime what was asked for; a hint
     * @throws RuntimeException when there is none now; it is asked again later
     */
    X509Certificate sign(CertificateRequest request, Set<KeyUse> uses, Optional<Duration> lifetime);
}
