package dev.muster.testkit.handshake;

import dev.muster.crypto.x509.CertifiedKey;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Presents a chain exactly as it is, by the JDK's TLS. */
final class JdkClient {

    /** The server ended the handshake. */
    static final String REFUSED = "refused";

    /** The server takes no signature that this key can make. */
    static final String UNABLE = "unable";

    private final SSLContext context;
    private final String version;
    private long firstSession;
    private boolean resumed;

    JdkClient(CertifiedKey presented, String version) throws GeneralSecurityException {
        this.version = version;
        context = SSLContext.getInstance("TLS");
        context.init(
                presented == null ? null : new KeyManager[] {new Presenting(presented)},
                new TrustManager[] {new Anybody()},
                null);
    }

    /** What the server says it saw. */
    String ask(int port) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            long created = socket.getSession().getCreationTime();
            resumed = created == firstSession;
            firstSession = created;
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        } catch (SocketException _) {
            return REFUSED; // the alert may be overtaken by the end of the connection
        } catch (SSLException e) {
            if (e.getMessage().contains("No supported CertificateVerify signature algorithm")) {
                return UNABLE;
            }
            if (e.getMessage().contains("alert") || e.getMessage().contains("terminated the handshake")) {
                return REFUSED;
            }
            throw e;
        }
    }

    boolean resumed() {
        return resumed;
    }

    private static final class Presenting extends X509ExtendedKeyManager {

        private final CertifiedKey presented;

        Presenting(CertifiedKey presented) {
            this.presented = presented;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            String algorithm = presented.key().getAlgorithm();
            for (String type : types) {
                if (type.equals(algorithm) || type.startsWith("Ed") && algorithm.startsWith("Ed")) {
                    return "own";
                }
            }
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return presented.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return presented.key();
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    /** Whom the server is does not matter here. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
