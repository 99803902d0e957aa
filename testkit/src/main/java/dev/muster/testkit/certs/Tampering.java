package dev.muster.testkit.certs;

import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;

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

    /** The same certificate with an ECDSA signature whose both numbers are zero. */
    public static X509Certificate withSignatureOfZeroes(X509Certificate certificate) {
        try {
            var parts = ASN1Sequence.getInstance(certificate.getEncoded());
            var zeroes = new DERSequence(new ASN1Encodable[] {new ASN1Integer(0), new ASN1Integer(0)});
            var forged = new DERSequence(new ASN1Encodable[] {
                parts.getObjectAt(0), parts.getObjectAt(1), new DERBitString(zeroes.getEncoded())
            });
            return Pem.certificate(forged.getEncoded());
        } catch (CertificateEncodingException | IOException | MalformedPem e) {
            throw new IllegalStateException("a test certificate could not be made", e);
        }
    }
}
