package dev.muster.authn.revocable;

import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.Reason;
import dev.muster.core.identity.TokenAuthenticator;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Asks of everybody who was accepted whether the credential has been taken back since. Stands around the whole chain, inside
 * anonymous: what was taken back is refused, never nobody.
 */
public final class Revocable {

    private static final String FEED = "revocations";

    private final Revocations revocations;
    private final Heartbeat heartbeat;

    public Revocable(Revocations revocations, Heartbeat heartbeat) {
        this.revocations = revocations;
        this.heartbeat = heartbeat;
    }

    /** What a connection remembers: which proof its certificate's fingerprint was taken from. */
    private record Taken(Proof from, Fingerprint.Certificate certificate) {}

    /** Around authenticators of requests. */
    public Authenticator requests(Authenticator inner) {
        return presented -> {
            var outcome = inner.authenticate(presented);
            return isUntouched(outcome) ? outcome : outcome.then(found -> judge(found, presented.peerChain()));
        };
    }

    /** Around authenticators of tokens. */
    public TokenAuthenticator tokens(TokenAuthenticator inner) {
        return (token, wanted) -> {
            var outcome = inner.authenticate(token, wanted);
            return isUntouched(outcome) ? outcome : outcome.then(found -> judge(found, Optional.empty()));
        };
    }

    /** Whether this has not been taken back. */
    public boolean isGood(Accepted who) {
        return revocations.none() || revocations.revoking(Fingerprint.of(who)).isEmpty();
    }

    /** The way of nearly all requests nearly always. */
    private boolean isUntouched(Outcome outcome) {
        return revocations.none() && !(outcome instanceof Outcome.Elsewhere) && !heartbeat.isMissing();
    }

    private Outcome judge(Outcome outcome, Optional<PeerChain> peer) {
        if (!(outcome instanceof Accepted accepted)) {
            return outcome;
        }
        var fingerprint = fingerprint(accepted, peer);
        if (fingerprint.isIncomplete()) {
            return Outcome.refused(Reason.POLICY, "a certificate without the chain that proved it");
        }
        var by = revocations.revoking(fingerprint);
        if (by.isPresent()) {
            return Outcome.refused(
                    Reason.REVOKED, "the credential of " + accepted.user().name() + " was taken back: " + by.get());
        }
        if (heartbeat.isMissing() && !heartbeat.isBreakGlass(accepted)) {
            return new Outcome.Unavailable(
                    FEED, new TimeoutException("nothing heard of the store for more than " + heartbeat.most()));
        }
        return accepted;
    }

    private Fingerprint fingerprint(Accepted accepted, Optional<PeerChain> peer) {
        var proof = accepted.proof();
        if (peer.isEmpty() || proof.chain().isEmpty()) {
            return Fingerprint.of(accepted);
        }
        if (peer.get().verdictOf(this) instanceof Taken taken && taken.from() == proof) {
            return Fingerprint.of(accepted, Optional.of(taken.certificate()));
        }
        var certificate = Fingerprint.Certificate.of(proof.chain());
        peer.get().remember(this, new Taken(proof, certificate));
        return Fingerprint.of(accepted, Optional.of(certificate));
    }
}
