package dev.muster.authn.revocable;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;

/** The same certificate in other bytes: with (r, s), (r, n - s) is a good ECDSA signature too. */
public final class Malleated {

    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private Malleated() {}

    public static X509Certificate signatureOf(X509Certificate certificate) throws Exception {
        var parts = ASN1Sequence.getInstance(certificate.getEncoded());
        var signature = ASN1Sequence.getInstance(certificate.getSignature());
        var mirrored = new ASN1EncodableVector();
        mirrored.add(signature.getObjectAt(0));
        mirrored.add(new ASN1Integer(P256_ORDER.subtract(
                ASN1Integer.getInstance(signature.getObjectAt(1)).getValue())));
        var whole = new ASN1EncodableVector();
        whole.add(parts.getObjectAt(0));
        whole.add(parts.getObjectAt(1));
        whole.add(new DERBitString(new DERSequence(mirrored)));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(new DERSequence(whole).getEncoded()));
    }
}
