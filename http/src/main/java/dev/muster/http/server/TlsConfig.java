package dev.muster.http.server;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What TLS is done with.
 *
 * @param keys presents the serving certificate
 * @param clients names the authorities clients are asked for ({@code getAcceptedIssuers}); it must accept any chain, since chains
 *     are judged by authenticators and not by the handshake
 * @param engine who does it
 */
public record TlsConfig(X509ExtendedKeyManager keys, X509ExtendedTrustManager clients, TlsEngine engine) {}
