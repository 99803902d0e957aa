package dev.muster.crypto.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows the identity of now at each handshake. A handshake asks three times (which, key, chain), so the identity it was promised
 * is kept under its alias until two newer ones have come.
 */
public final class HotKeyManager extends X509ExtendedKeyManager {

    private record Named(String alias, ServingIdentity identity, Named before) {}

    private final Supplier<ServingIdentity> source;
    private int made;
    private volatile Named latest;

    HotKeyManager(Supplier<ServingIdentity> source) {
        this.source = source;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return choose(keyType);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return choose(keyType);
    }

    private String choose(String keyType) {
        var current = current();
        String algorithm = current.identity().certified().key().getAlgorithm();
        return algorithm.equals(keyType) || algorithm.startsWith("Ed") && keyType.startsWith("Ed")
                ? current.alias()
                : null;
    }

    private Named current() {
        var now = source.get();
        var known = latest;
        return known != null && known.identity().equals(now) ? known : replace(now);
    }

    private synchronized Named replace(ServingIdentity now) {
        var before = latest;
        if (before == null || !before.identity().equals(now)) {
            made++;
            latest = new Named(
                    "serving-" + made, now, before == null ? null : new Named(before.alias(), before.identity(), null));
        }
        return latest;
    }

    private ServingIdentity named(String alias) {
        for (var known = latest; known != null; known = known.before()) {
            if (known.alias().equals(alias)) {
                return known.identity();
            }
        }
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        var identity = named(alias);
        return identity == null ? null : identity.certified().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        var identity = named(alias);
        return identity == null ? null : identity.certified().key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String alias = choose(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
