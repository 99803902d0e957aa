package dev.muster.authn.ledger;

import dev.muster.core.certificate.Issue;
import dev.muster.core.identity.User;
import dev.muster.crypto.x509.PublicKeyHash;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** What is kept of a certificate. */
final class Known {

    private static final int ID_BYTES = 10;

    /** A certificate may name thousands. */
    private static final int GROUPS = 32;

    private Known() {}

    /** From what its issuer has signed, and not from the signature: (r, s) and (r, n - s) are both good. */
    static String id(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getTBSCertificate());
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    static Issue issue(X509Certificate leaf, User user, Optional<PublicKey> issuer) {
        var groups = user.groups().stream()
                .filter(group -> !group.equals(User.AUTHENTICATED))
                .limit(GROUPS)
                .toList();
        return new Issue(
                new User(user.name(), user.uid(), groups, Map.of()),
                leaf.getIssuerX500Principal().getName(),
                leaf.getSerialNumber(),
                new Issue.Keys(issuer.map(PublicKeyHash::of).orElse(""), PublicKeyHash.of(leaf.getPublicKey())),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant());
    }
}
