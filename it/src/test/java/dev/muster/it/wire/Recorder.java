package dev.muster.it.wire;

import dev.muster.crypto.x509.CertifiedKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Stands between a proxy and the server, ends TLS of both, passes every byte on and keeps what the proxy sent: HTTP/1.1 as it
 * arrived. To the server it shows the proxy's own certificate, once the proxy has shown it.
 */
final class Recorder implements AutoCloseable {

    private final SSLServerSocket listening;
    private final SSLContext toServer;
    private final X509Certificate proxy;
    private final int port;
    private final List<SSLSocket> open = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
    private volatile boolean strange;

    /** @param port of the server */
    Recorder(CertifiedKey self, CertifiedKey proxy, int port) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Presenting(self)}, new TrustManager[] {new Presenting.Anybody()}, null);
        listening = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setWantClientAuth(true);
        toServer = SSLContext.getInstance("TLS");
        toServer.init(new KeyManager[] {new Presenting(proxy)}, new TrustManager[] {new Presenting.Anybody()}, null);
        this.proxy = proxy.certificate();
        this.port = port;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /**
     * What passed since the last call.
     *
     * @param heads of requests, in whatever follows a request line
     * @param answers how many answers the server gave
     */
    record Passed(String heads, int answers) {}

    Passed taken() {
        synchronized (sent) {
            var passed = new Passed(
                    sent.toString(StandardCharsets.ISO_8859_1),
                    answered.toString(StandardCharsets.ISO_8859_1).split("HTTP/1\\.[01] [2-5]", -1).length - 1);
            sent.reset();
            answered.reset();
            return passed;
        }
    }

    /** Whether somebody came without the proxy's certificate. */
    boolean sawStranger() {
        return strange;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var from = (SSLSocket) listening.accept();
                open.add(from);
                Thread.ofPlatform().daemon().start(() -> relay(from));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void relay(SSLSocket from) {
        try (from;
                var to = (SSLSocket) toServer.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            open.add(to);
            from.startHandshake();
            strange |= !from.getSession().getPeerCertificates()[0].equals(proxy);
            to.startHandshake();
            var back = Thread.ofPlatform().daemon().start(() -> copy(to, from, answered));
            copy(from, to, sent);
            back.join(1000);
        } catch (IOException | InterruptedException e) {
            strange |= !listening.isClosed() && e instanceof javax.net.ssl.SSLPeerUnverifiedException;
        }
    }

    private void copy(SSLSocket from, SSLSocket to, ByteArrayOutputStream kept) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[16 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (sent) {
                    kept.write(buffer, 0, n);
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException _) {
            // Either side has gone.
        } finally {
            shut(to);
            shut(from);
        }
    }

    private static void shut(SSLSocket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(Recorder::shut);
    }
}
