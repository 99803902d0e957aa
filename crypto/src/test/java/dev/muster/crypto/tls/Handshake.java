package dev.muster.crypto.tls;

import dev.muster.crypto.x509.CertifiedKey;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Two engines of the JDK, connected by two buffers. */
final class Handshake {

    private final SSLContext serverContext;
    private final String version;
    private Principal[] hints = {};
    private SSLEngine server;
    private SSLEngine client;

    Handshake(ServerTls tls, ServerTls.Version version) throws Exception {
        this.version = version.andAbove().getFirst();
        serverContext = SSLContext.getInstance("TLS");
        serverContext.init(new KeyManager[] {tls.keyManager()}, new TrustManager[] {tls.trustManager()}, null);
    }

    Handshake by(CertifiedKey who) throws Exception {
        return run(Optional.of(who));
    }

    Handshake withoutCertificate() throws Exception {
        return run(Optional.empty());
    }

    List<X509Certificate> presented() throws SSLException {
        return List.of((X509Certificate[]) server.getSession().getPeerCertificates());
    }

    X509Certificate server() throws SSLException {
        return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }

    Principal[] hints() {
        return hints;
    }

    private Handshake run(Optional<CertifiedKey> who) throws Exception {
        var clientContext = SSLContext.getInstance("TLS");
        clientContext.init(new KeyManager[] {new One(who)}, new TrustManager[] {new AnyServer()}, null);
        server = serverContext.createSSLEngine();
        server.setUseClientMode(false);
        server.setWantClientAuth(true);
        client = clientContext.createSSLEngine("localhost", 1);
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {version});
        var toServer = ByteBuffer.allocate(1 << 17);
        var toClient = ByteBuffer.allocate(1 << 17);
        for (int i = 0; i < 60; i++) {
            step(client, toServer, toClient);
            step(server, toClient, toServer);
            if (done(client) && done(server) && toClient.position() == 0 && toServer.position() == 0) {
                return this;
            }
        }
        throw new SSLException("the handshake does not end");
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && engine.getSession().getCipherSuite() != null
                && !engine.getSession().getCipherSuite().endsWith("NULL");
    }

    /** Takes what has come, runs what is to be run, sends what there is to send. */
    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && engine.getSession().getCipherSuite().endsWith("NULL")) {
            engine.beginHandshake();
        }
        in.flip();
        while (in.hasRemaining()) {
            int before = in.remaining();
            engine.unwrap(in, ByteBuffer.allocate(1 << 15));
            tasks(engine);
            if (in.remaining() == before && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                break;
            }
        }
        in.compact();
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
            tasks(engine);
        }
    }

    private static void tasks(SSLEngine engine) {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private final class One extends X509ExtendedKeyManager {

        private final Optional<CertifiedKey> who;

        One(Optional<CertifiedKey> who) {
            this.who = who;
        }

        @Override
        public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
            hints = issuers.clone();
            return who.isPresent() ? "one" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return who.orElseThrow().chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return who.orElseThrow().key();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    private static final class AnyServer extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
