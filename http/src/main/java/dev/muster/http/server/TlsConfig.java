package dev.muster.http.server;

import dev.muster.crypto.tls.ServerTls;

/**
 * How TLS is done.
 *
 * @param tls what is shown and who is asked for
 * @param engine who does it
 */
public record TlsConfig(ServerTls tls, TlsEngine engine) {

    /** By the JDK. */
    public static TlsConfig of(ServerTls tls) {
        return new TlsConfig(tls, TlsEngine.JDK);
    }
}
