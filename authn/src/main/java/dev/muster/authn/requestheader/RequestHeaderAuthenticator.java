package dev.muster.authn.requestheader;

import dev.muster.authn.requestheader.ProxyCertificates.Verdict;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Credentials;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Reason;
import java.util.List;

/**
 * Believes the headers of a front proxy. As in Kubernetes a certificate that is no proxy's is refused here, headers or not; that
 * counts for nothing once another authenticator takes the same certificate, or a token, for somebody's.
 */
public final class RequestHeaderAuthenticator implements Authenticator {

    /** Chains longer than this may cost many signature checks, so they are judged off the event loop. */
    private static final int JUDGED_AT_ONCE = 4;

    private final ProxyCertificates proxies;
    private final Assertion assertion;

    public RequestHeaderAuthenticator(ProxyCertificates proxies, RequestHeaders headers) {
        this.proxies = proxies;
        this.assertion = new Assertion(headers);
    }

    @Override
    public Outcome authenticate(Credentials presented) {
        var peer = presented.peerChain();
        if (peer.isEmpty() || proxies.none()) {
            return Outcome.NOT_MINE;
        }
        var chain = peer.get();
        var known = proxies.known(chain);
        if (known.isPresent()) {
            return believed(known.get(), presented);
        }
        return chain.certificates().size() > JUDGED_AT_ONCE
                ? new Outcome.Elsewhere(() -> believed(proxies.judge(chain), presented))
                : believed(proxies.judge(chain), presented);
    }

    /**
     * Users' certificates behind this one, not asked of a proxy whose headers cannot be taken at their word: whoever could garble
     * them would become the proxy itself where its authority is one of users too.
     */
    public Authenticator before(Authenticator certificates) {
        return presented -> isGarbled(presented) ? Outcome.NOT_MINE : certificates.authenticate(presented);
    }

    private boolean isGarbled(Credentials presented) {
        var peer = presented.peerChain();
        if (peer.isEmpty() || !(proxies.known(peer.get()).orElse(null) instanceof Verdict.Proxy)) {
            return false;
        }
        try {
            assertion.read(presented);
            return false;
        } catch (MalformedAssertion _) {
            return true;
        }
    }

    private Outcome believed(Verdict verdict, Credentials presented) {
        return switch (verdict) {
            case Verdict.Other other -> other.why();
            case Verdict.Proxy proxy -> read(proxy, presented);
        };
    }

    private Outcome read(Verdict.Proxy proxy, Credentials presented) {
        try {
            var user = assertion.read(presented);
            return user.isEmpty()
                    ? Outcome.NOT_MINE
                    : new Outcome.Accepted(user.get(), Audiences.UNSPECIFIED, List.of(), proxy.proof());
        } catch (MalformedAssertion e) {
            return Outcome.refused(Reason.MALFORMED, "the front proxy's " + e.getMessage());
        }
    }
}
