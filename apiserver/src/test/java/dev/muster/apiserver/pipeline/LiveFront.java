package dev.muster.apiserver.pipeline;

import dev.muster.authn.request.RequestAuthentication;
import dev.muster.authn.request.RequestAuthentication.AnonymousAccess;
import dev.muster.authn.tokenfile.MalformedTokenFile;
import dev.muster.authn.tokenfile.TokenFile;
import dev.muster.authn.x509.X509Authenticator;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.tls.ServerTls;
import dev.muster.crypto.tls.ServingIdentity;
import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.SignatureCheck;
import dev.muster.http.server.HttpServer;
import dev.muster.http.server.ServerConfig;
import dev.muster.http.server.TlsConfig;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A front on a real port with the real authenticators: certificates of {@link #CLIENTS}, the token {@code jane-token}. */
final class LiveFront implements AutoCloseable {

    static final TestCa CLIENTS = TestCa.root("clients");
    static final TestCa STRANGERS = TestCa.root("strangers");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final CertificateAuthority SERVING =
            CertificateAuthority.create("serving", HOUR, InstantSource.system(), new SecureRandom());

    final Front front;
    private final HttpServer server;

    LiveFront(Front front, AnonymousAccess anonymous) {
        this.front = front;
        front.authenticator = authentication(anonymous);
        var identity = new ServingIdentity(SERVING.issueServing("muster", List.of("127.0.0.1"), HOUR));
        var tls = ServerTls.of(() -> identity, () -> List.of(CLIENTS.certificate(), STRANGERS.certificate()));
        server = HttpServer.start(
                ServerConfig.of(new InetSocketAddress("127.0.0.1", 0), TlsConfig.of(tls))
                        .with(new StatusFaults(front.responder)),
                front.pipeline());
    }

    private static Authenticator authentication(AnonymousAccess anonymous) {
        var signatures = new SignatureCheck(Signatures.jdk());
        var clock = new ManualClock();
        var certificates = new X509Authenticator(CLIENTS::bundle, new ClientChainVerifier(clock, signatures), clock);
        try {
            var tokens =
                    TokenFile.parse("jane-token,jane,1,developers\n".getBytes(StandardCharsets.UTF_8), new Random(3));
            return RequestAuthentication.of(new RequestAuthentication.Parts(
                            Optional.of(certificates), List.of(tokens), List.of(), Audiences.UNSPECIFIED, anonymous))
                    .requests();
        } catch (MalformedTokenFile e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + server.address().getPort() + path));
    }

    static HttpClient client(HttpClient.Version version, Optional<CertifiedKey> certificate) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(context(certificate))
                .build();
    }

    static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext context(Optional<CertifiedKey> own) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("serving", SERVING.certificate());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            if (own.isPresent()) {
                keyStore.setKeyEntry(
                        "own", own.get().key(), new char[0], own.get().chain().toArray(X509Certificate[]::new));
            }
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(keyStore, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        front.timer.shutdownNow();
    }
}
