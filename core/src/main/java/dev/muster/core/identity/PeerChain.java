package dev.muster.core.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The certificates a TLS peer presented, leaf first, in the order presented. One object per connection, so that a
 * verdict on it can be remembered for as long as the connection lives.
 */
public final class PeerChain {

    private final List<X509Certificate> certificates;
    private final ConcurrentMap<Object, Object> verdicts = new ConcurrentHashMap<>(2);

    public PeerChain(List<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least one certificate");
        }
        this.certificates = List.copyOf(certificates);
    }

    public List<X509Certificate> certificates() {
        return certificates;
    }

    public X509Certificate leaf() {
        return certificates.getFirst();
    }

    /**
     * A place where one judge keeps its own verdict for this connection. The judge alone knows when it is out of date.
     *
     * @param judge the key; compared by {@code equals}, so use the judging object itself
     */
    public Object verdictOf(Object judge) {
        return verdicts.get(judge);
    }

    /** Replaces the judge's verdict. */
    public void remember(Object judge, Object verdict) {
        verdicts.put(judge, verdict);
    }
}
