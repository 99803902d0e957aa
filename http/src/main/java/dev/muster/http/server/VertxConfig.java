package dev.muster.http.server;

import dev.muster.crypto.tls.ServerTls;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TcpOption;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Our configuration in Vert.x' words. */
final class VertxConfig {

    private static final int USER_TIMEOUT_MILLIS = 60_000;

    private VertxConfig() {}

    static HttpServerConfig http(ServerConfig config) {
        var limits = config.limits();
        var http = new HttpServerConfig()
                .setVersions(
                        config.tls().isPresent()
                                ? Set.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0)
                                : Set.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0))
                .setHandle100ContinueAutomatically(false)
                .setHttp1Config(new Http1ServerConfig()
                        .setMaxInitialLineLength(limits.requestLine())
                        .setMaxHeaderSize(limits.head()))
                .setHttp2Config(new Http2ServerConfig()
                        .setRstFloodMaxRstFramePerWindow(limits.resets())
                        .setRstFloodWindowDuration(Duration.ofSeconds(Limits.RESET_WINDOW_SECONDS))
                        .setMaxSmallContinuationFrames(limits.continuations())
                        .setInitialSettings(new Http2Settings()
                                .setMaxConcurrentStreams(limits.streams())
                                .setMaxHeaderListSize(limits.head())));
        var tcp = http.getTcpConfig();
        tcp.setAcceptBacklog(1024);
        // A peer that vanished is noticed by the kernel, watches included: probes when silent, a deadline when owed an
        // ACK.
        tcp.getTransportConfig()
                .setSoKeepAlive(true)
                .setOption(TcpOption.NODELAY, true)
                .setOption(TcpOption.USER_TIMEOUT, USER_TIMEOUT_MILLIS);
        return http;
    }

    static ServerSSLOptions tls(ServerTls tls, Timeouts timeouts) {
        var options = new ServerSSLOptions();
        options.setKeyCertOptions(KeyCertOptions.wrap(tls.keyManager()));
        options.setTrustOptions(TrustOptions.wrap(tls.trustManager()));
        options.setClientAuth(ClientAuth.REQUEST);
        options.setSslHandshakeTimeout(timeouts.handshake().toMillis());
        options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setEnabledSecureTransportProtocols(
                new LinkedHashSet<>(tls.minimum().andAbove()));
        tls.cipherSuites().forEach(options::addEnabledCipherSuite);
        return options;
    }

    static SSLEngineOptions engine(TlsEngine engine) {
        return switch (engine) {
            case JDK -> new JdkSSLEngineOptions();
            case BORINGSSL -> {
                if (!OpenSSLEngineOptions.isAvailable()) {
                    throw new IllegalArgumentException("BoringSSL is asked for, but netty-tcnative is not there");
                }
                yield new OpenSSLEngineOptions();
            }
        };
    }
}
