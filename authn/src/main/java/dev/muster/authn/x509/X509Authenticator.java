package dev.muster.authn.x509;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Credentials;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Proof;
import dev.muster.crypto.x509.ChainVerdict;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.TrustBundle;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * X.509 client certificates: the user is the subject's common name, the groups its organizations (Kubernetes' "X509 client
 * certificates"). A verdict is kept with the connection and made anew when the bundle has changed or time has passed an edge
 * of somebody's validity.
 */
public final class X509Authenticator implements Authenticator {

    /** Chains longer than this may cost many signature checks, so they are judged off the event loop. */
    private static final int JUDGED_AT_ONCE = 4;

    private final Supplier<TrustBundle> bundle;
    private final ClientChainVerifier verifier;
    private final InstantSource clock;

    /**
     * @param bundle the roots of now; asked at each request, so it must be cheap; an empty bundle makes every certificate
     *     nobody's business
     */
    public X509Authenticator(Supplier<TrustBundle> bundle, ClientChainVerifier verifier, InstantSource clock) {
        this.bundle = bundle;
        this.verifier = verifier;
        this.clock = clock;
    }

    /** What a connection remembers: under which bundle, for which time, and what was found. */
    private record Judged(long generation, ChainVerdict verdict, Outcome outcome) {}

    @Override
    public Outcome authenticate(Credentials presented) {
        var peer = presented.peerChain();
        var trusted = bundle.get();
        if (peer.isEmpty() || trusted.isEmpty()) {
            return Outcome.NOT_MINE;
        }
        var chain = peer.get();
        if (chain.verdictOf(this) instanceof Judged judged
                && judged.generation() == trusted.generation()
                && judged.verdict().holdsAt(clock.instant())) {
            return judged.outcome();
        }
        if (chain.certificates().size() > JUDGED_AT_ONCE) {
            return new Outcome.Elsewhere(() -> judge(chain, trusted));
        }
        return judge(chain, trusted);
    }

    private Outcome judge(PeerChain chain, TrustBundle trusted) {
        var verdict = verifier.verify(chain.certificates(), trusted);
        var outcome = switch (verdict) {
            case ChainVerdict.Trusted sound -> proved(describe(chain.leaf()), sound);
            case ChainVerdict.Refused refused -> Outcome.refused(refused.reason(), refused.detail());
        };
        chain.remember(this, new Judged(trusted.generation(), verdict, outcome));
        return outcome;
    }

    /** With the chain as it was traced: revocation goes by the issuer's key, which the leaf alone does not show. */
    private static Outcome proved(Outcome described, ChainVerdict.Trusted sound) {
        if (!(described instanceof Outcome.Accepted accepted)) {
            return described;
        }
        var leaf = sound.chain().getFirst();
        var proof =
                new Proof(Optional.of(leaf.getNotBefore().toInstant()), Optional.of(sound.validUntil()), sound.chain());
        return new Outcome.Accepted(accepted.user(), accepted.audiences(), accepted.warnings(), proof);
    }

    /**
     * Whom a certificate names, without judging it: for tools that say whose credential something is.
     *
     * @return accepted, with the user; not mine, without a common name; or refused, when the subject is malformed
     */
    public static Outcome describe(X509Certificate certificate) {
        return CertificateIdentity.of(certificate);
    }
}
