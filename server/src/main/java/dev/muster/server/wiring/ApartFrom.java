package dev.muster.server.wiring;

import dev.muster.crypto.x509.TrustBundle;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities of front proxies as long as none of them is an authority of users as well; otherwise none. Files change while a
 * server runs, and what was apart at its start need not stay so.
 */
final class ApartFrom implements Supplier<TrustBundle> {

    private static final Logger LOG = LoggerFactory.getLogger(ApartFrom.class);

    private record Compared(TrustBundle clients, TrustBundle proxies, TrustBundle answer) {}

    private final Supplier<TrustBundle> clients;
    private final Supplier<TrustBundle> proxies;
    private volatile Compared compared = new Compared(TrustBundle.EMPTY, TrustBundle.EMPTY, TrustBundle.EMPTY);

    ApartFrom(Supplier<TrustBundle> clients, Supplier<TrustBundle> proxies) {
        this.clients = clients;
        this.proxies = proxies;
    }

    @Override
    public TrustBundle get() {
        var users = clients.get();
        var own = proxies.get();
        var known = compared;
        if (known.clients() == users && known.proxies() == own) {
            return known.answer();
        }
        boolean shared = share(users, own);
        if (shared) {
            LOG.error(
                    "an authority of front proxies is now an authority of users too, and --requestheader-allowed-names"
                            + " is not given: no front proxy is believed until the two bundles are apart again");
        }
        var answer = shared ? TrustBundle.EMPTY : own;
        compared = new Compared(users, own, answer);
        return answer;
    }

    /** Whether one key signs for both, under whatever certificate, or an authority of one for one of the other. */
    static boolean share(TrustBundle clients, TrustBundle proxies) {
        for (X509Certificate client : clients.certificates()) {
            for (X509Certificate proxy : proxies.certificates()) {
                if (isIssued(client, proxy) || isIssued(proxy, client)) {
                    return true;
                }
            }
        }

        var keys = clients.certificates().stream()
                .map(X509Certificate::getPublicKey)
                .toList();
        return proxies.certificates().stream().anyMatch(one -> keys.contains(one.getPublicKey()));
    }

    private static boolean isIssued(X509Certificate one, X509Certificate by) {
        if (!one.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            one.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
