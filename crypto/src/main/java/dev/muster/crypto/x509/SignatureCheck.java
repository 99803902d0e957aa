package dev.muster.crypto.x509;

import dev.muster.crypto.provider.Signatures;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;

/**
 * Whether one certificate was signed by another, with which algorithms and with keys of which sizes: what Go accepts today.
 * SHA-1, MD5, SHA-224, DSA and curves other than P-256, P-384, P-521 and Ed25519 are not.
 */
public final class SignatureCheck {

    private static final int SMALLEST_RSA = 1024;

    /** Larger keys cost the verifier more than a stranger may ask for (CVE-2023-29409 of Go). */
    private static final int LARGEST_RSA = 8192;

    private static final BigInteger LARGEST_EXPONENT = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final Set<Integer> CURVE_BITS = Set.of(256, 384, 521);

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
        PublicKey key = certificate.key();
        return switch (key) {
            case RSAPublicKey rsa -> rsaWeakness(rsa);
            case ECPublicKey ec
            when CURVE_BITS.contains(ec.getParams().getCurve().getField().getFieldSize()) -> Optional.empty();
            case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") -> Optional.empty();
            default -> Optional.of("certificate contains an unsupported public key");
        };
    }

    private static Optional<String> rsaWeakness(RSAPublicKey rsa) {
        int bits = rsa.getModulus().bitLength();
        if (bits < SMALLEST_RSA || bits > LARGEST_RSA) {
            return Optional.of("certificate contains an RSA key of " + bits + " bits");
        }
        if (rsa.getPublicExponent().compareTo(LARGEST_EXPONENT) > 0) {
            return Optional.of("certificate contains an RSA key with a large exponent");
        }
        return Optional.empty();
    }
}
