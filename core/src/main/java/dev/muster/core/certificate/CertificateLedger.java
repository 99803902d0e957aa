package dev.muster.core.certificate;

import java.util.List;
import java.util.Optional;

/** Which client certificates there are. Thread-safe. */
public interface CertificateLedger {

    /** Rises with every change, also over a restart. */
    long revision();

    /** By user, then by end. */
    List<ClientCertificate> all();

    Optional<ClientCertificate> find(String id);
}
