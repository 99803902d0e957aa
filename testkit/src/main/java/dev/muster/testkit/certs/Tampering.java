package dev.muster.testkit.certs;

import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** Certificates changed after they were signed. */
public final class Tampering {

    private Tampering() {}

    /** The same certificate with one bit of its signature turned. */
    public static X509Certificate lastByteOf(X509Certificate certificate) {
        try {
            var der = certificate.getEncoded();
            der[der.length - 1] ^= 1;
            return Pem.certificate(der);
        } catch (CertificateEncodingException | MalformedPem e) {
            throw new IllegalStateException("a test certificate could not be made", e);
        }
    }
}
