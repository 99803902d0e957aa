package dev.muster.http.server;

/** Who does TLS. */
public enum TlsEngine {
    /** The JDK's own: takes every kind of client certificate. The default. */
    JDK,
    /**
     * BoringSSL through netty-tcnative, whose jar must be on the class path. Cheaper handshakes, but client certificates with
     * P-521 or Ed25519 keys arrive as no certificate, and RSA ones for key encipherment only end the handshake.
     */
    BORINGSSL
}
