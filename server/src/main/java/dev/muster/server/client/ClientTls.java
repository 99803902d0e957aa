package dev.muster.server.client;

import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import dev.muster.server.kubeconfig.KubeconfigFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS as a kubeconfig wants it: its authority and no other, its certificate if it has one. */
final class ClientTls {

    private ClientTls() {}

    static SSLContext of(KubeconfigFile who) throws IOException {
        String ca = who.caPem()
                .orElseThrow(() -> new IOException("the kubeconfig names no certificate authority for its server"));
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(present(who), trust(ca), null);
            return context;
        } catch (MalformedPem e) {
            throw new IOException("the kubeconfig's certificates or key: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("the kubeconfig's certificates or key cannot be used: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trust(String ca) throws GeneralSecurityException, IOException, MalformedPem {
        var store = empty();
        for (X509Certificate certificate : Pem.certificates(ca.getBytes(StandardCharsets.UTF_8))) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] present(KubeconfigFile who) throws GeneralSecurityException, IOException, MalformedPem {
        if (who.certificatePem().isEmpty() || who.keyPem().isEmpty()) {
            return new KeyManager[0];
        }
        var chain = Pem.certificates(who.certificatePem().get().getBytes(StandardCharsets.UTF_8));
        var key = Pem.privateKey(who.keyPem().get().reveal().getBytes(StandardCharsets.UTF_8));
        var store = empty();
        store.setKeyEntry("client", key, new char[0], chain.toArray(new X509Certificate[0]));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
