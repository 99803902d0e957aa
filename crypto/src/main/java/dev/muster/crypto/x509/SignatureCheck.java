package dev.muster.crypto.x509;

import dev.muster.crypto.provider.Signatures;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Whether one certificate was signed by another, with which algorithms and with keys of which sizes: what Go accepts today.
 * SHA-1, MD5, SHA-224, DSA and curves other than P-256, P-384, P-521 and Ed25519 are not.
 */
public final class SignatureCheck {

    private final Signatures signatures;

    public SignatureCheck(Signatures signatures) {
        this.signatures = signatures;
    }

    /** What is wrong with the claim that the parent signed the child; empty when it did and may. */
    Optional<String> problem(ParsedCertificate child, ParsedCertificate parent) {
        var extensions = parent.extensions();
        if (extensions.hasBasicConstraints() ? !extensions.isAuthority() : parent.version() == 3) {
            return Optional.of("invalid signature: parent certificate cannot sign this kind of certificate");
        }
        if (!extensions.maySignCertificates()) {
            return Optional.of("invalid signature: parent certificate's key is not for signing certificates");
        }
        var weak = weakness(parent);
        if (weak.isPresent()) {
            return weak;
        }
        try {
            var algorithm = SignatureAlgorithm.read(child.signatureAlgorithm());
            if (!algorithm.fits(parent.key())) {
                return Optional.of("signature algorithm does not fit the key of the parent certificate");
            }
            boolean good = signatures.verify(
                    algorithm.name(), algorithm.parameters(), parent.key(), child.signedPart(), child.signature());
            return good ? Optional.empty() : Optional.of("signature does not verify");
        } catch (MalformedDer e) {
            return Optional.of(e.getMessage());
        } catch (GeneralSecurityException e) {
            return Optional.of("signature cannot be verified");
        }
    }

    /** Why a certificate's own key is not to be dealt with; empty when it is fine. */
    Optional<String> weakness(ParsedCertificate certificate) {
        return KeyStrength.problem(certificate.key()).map(problem -> "certificate contains " + problem);
    }
}
