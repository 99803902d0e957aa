package dev.muster.authn.requestheader;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.Reason;
import dev.muster.crypto.x509.ChainVerdict;
import dev.muster.crypto.x509.ClientChainVerifier;
import dev.muster.crypto.x509.DistinguishedName;
import dev.muster.crypto.x509.MalformedDer;
import dev.muster.crypto.x509.TrustBundle;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether a TLS peer is a front proxy. A verdict is kept with the connection and made anew when the bundle has changed or time has
 * passed an edge of somebody's validity.
 */
public final class ProxyCertificates {

    private static final int LONGEST_SHOWN = 64;

    private final Supplier<TrustBundle> bundle;
    private final Set<String> allowedNames;
    private final ClientChainVerifier verifier;
    private final InstantSource clock;

    /**
     * @param bundle the roots of now; asked at each request, so it must be cheap; an empty bundle makes nobody a proxy
     * @param allowedNames common names, compared exactly; empty = everybody whom the bundle vouches for
     */
    public ProxyCertificates(
            Supplier<TrustBundle> bundle, Set<String> allowedNames, ClientChainVerifier verifier, InstantSource clock) {
        this.bundle = bundle;
        this.allowedNames = Set.copyOf(allowedNames);
        this.verifier = verifier;
        this.clock = clock;
    }

    /** What is found of a peer. */
    sealed interface Verdict {
        /** A proxy, proved by its own certificate. */
        record Proxy(Proof proof) implements Verdict {}

        /** No proxy. */
        record Other(Outcome.Refused why) implements Verdict {}
    }

    /** What a connection remembers: under which bundle, for which time, and what was found. */
    private record Judged(long generation, ChainVerdict chain, Verdict verdict) {}

    /** Whether there are any proxies at all. */
    boolean none() {
        return bundle.get().isEmpty();
    }

    /** What was found before; empty where it has to be judged (again). */
    Optional<Verdict> known(PeerChain peer) {
        return peer.verdictOf(this) instanceof Judged judged
                        && judged.generation() == bundle.get().generation()
                        && judged.chain().holdsAt(clock.instant())
                ? Optional.of(judged.verdict())
                : Optional.empty();
    }

    Verdict judge(PeerChain peer) {
        var trusted = bundle.get();
        var chain = verifier.verify(peer.certificates(), trusted);
        var verdict = switch (chain) {
            case ChainVerdict.Trusted sound -> named(sound);
            case ChainVerdict.Refused refused -> other(refused.reason(), refused.detail());
        };
        peer.remember(this, new Judged(trusted.generation(), chain, verdict));
        return verdict;
    }

    private Verdict named(ChainVerdict.Trusted sound) {
        String name;
        try {
            name = commonName(sound.chain().getFirst());
        } catch (MalformedDer e) {
            return other(Reason.MALFORMED, "subject: " + e.getMessage());
        }
        if (!allowedNames.isEmpty() && !allowedNames.contains(name)) {
            return other(Reason.POLICY, "x509: subject with cn=" + shown(name) + " is not in the allowed list");
        }
        // When the proxy saw who it speaks of is not known, so that revocation takes it as long ago.
        return new Verdict.Proxy(
                new Proof(Optional.empty(), Optional.of(sound.validUntil()), sound.chain()).by(shown(name)));
    }

    private static Verdict other(Reason reason, String why) {
        return new Verdict.Other(new Outcome.Refused(reason, "as a front proxy's: " + why));
    }

    /** The last one, as Go reads a subject; empty when there is none. */
    private static String commonName(X509Certificate certificate) throws MalformedDer {
        try {
            String name = "";
            for (var attribute :
                    DistinguishedName.ofSubject(certificate.getEncoded()).all(DistinguishedName.CN)) {
                name = attribute.text().orElseThrow(() -> new MalformedDer("a common name that is no valid string"));
            }
            return name;
        } catch (CertificateEncodingException _) {
            throw new MalformedDer("no encoding");
        }
    }

    private static String shown(String name) {
        var out = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), LONGEST_SHOWN); i++) {
            char c = name.charAt(i);
            out.append(Character.isISOControl(c) ? '?' : c);
        }
        return out.append(name.length() > LONGEST_SHOWN ? "..." : "").toString();
    }
}
