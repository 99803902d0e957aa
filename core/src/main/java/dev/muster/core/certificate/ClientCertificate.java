package dev.muster.core.certificate;

import java.util.Optional;

/**
 * A client certificate and what became of it.
 *
 * @param id from what is signed of it, so that a re-encoded signature is no other certificate; a path segment
 * @param revocation the name of a Revocation that takes it back
 */
public record ClientCertificate(String id, Issue issue, Use use, Optional<String> revocation) {}
