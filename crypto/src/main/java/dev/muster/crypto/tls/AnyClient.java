package dev.muster.crypto.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every client's chain through the handshake, since a bad certificate must end in HTTP 401 and not in a TLS alert; that the
 * client holds the key is still proved by the handshake itself. Judging is the authenticators' business. Of servers it trusts
 * none, so it cannot be put to use on the wrong side by mistake.
 */
public final class AnyClient extends X509ExtendedTrustManager {

    private final Supplier<List<X509Certificate>> hints;

    AnyClient(Supplier<List<X509Certificate>> hints) {
        this.hints = hints;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw neverServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw neverServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw neverServers();
    }

    private static CertificateException neverServers() {
        return new CertificateException("this trust manager is for the server's side");
    }

    /** Whose certificates a client should choose from, in the handshake's CertificateRequest. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return hints.get().toArray(X509Certificate[]::new);
    }
}
