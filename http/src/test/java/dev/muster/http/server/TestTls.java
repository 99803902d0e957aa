package dev.muster.http.server;

import dev.muster.crypto.tls.ServerTls;
import dev.muster.crypto.tls.ServingIdentity;
import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertifiedKey;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One authority for a test: a server's TLS and its clients'. */
final class TestTls {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final char[] NO_PASSWORD = {};

    private final CertificateAuthority authority =
            CertificateAuthority.create("test", HOUR, InstantSource.system(), new SecureRandom());
    private volatile ServingIdentity serving = newServing("first");

    ServingIdentity newServing(String name) {
        return new ServingIdentity(authority.issueServing(name, List.of("localhost", "127.0.0.1"), HOUR));
    }

    void show(ServingIdentity identity) {
        serving = identity;
    }

    TlsConfig server() {
        return TlsConfig.of(ServerTls.of(() -> serving, () -> List.of(authority.certificate())));
    }

    /** A client of this name. */
    SSLContext client(String name) {
        return context(authority.issueClient(name, List.of(), HOUR));
    }

    /** A client without a certificate. */
    SSLContext client() {
        return context(null);
    }

    private SSLContext context(CertifiedKey own) {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", authority.certificate());
            trust.init(store);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            var keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            if (own != null) {
                keyStore.setKeyEntry("own", own.key(), NO_PASSWORD, own.chain().toArray(X509Certificate[]::new));
            }
            keys.init(keyStore, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
