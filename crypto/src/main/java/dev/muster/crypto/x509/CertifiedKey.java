package dev.muster.crypto.x509;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param chain the key's own certificate first, then those a peer may need to reach its root; never empty
 */
public record CertifiedKey(List<X509Certificate> chain, PrivateKey key) {

    public CertifiedKey {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a certified key has a certificate");
        }
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** The chain as PEM. */
    public String certificatePem() {
        return Pem.write(chain);
    }

    /** The key as PKCS#8 PEM: keep the file to its owner. */
    public String keyPem() {
        return Pem.write(key);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CertifiedKey[" + certificate().getSubjectX500Principal() + "]";
    }
}
