package dev.muster.crypto.x509;

import dev.muster.core.identity.Reason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges a client's chain as Kubernetes does, which is Go's {@code Certificate.Verify} with the key usage client
 * authentication: the first certificate is the leaf, the rest are intermediates that may help, only the bundle's roots are
 * trusted, and time has no leeway. There is no revocation here.
 */
public final class ClientChainVerifier {

    /** More certificates than this are not looked at, they are refused. */
    static final int MOST_CERTIFICATES = 64;

    private final InstantSource clock;
    private final SignatureCheck signatures;

    public ClientChainVerifier(InstantSource clock, SignatureCheck signatures) {
        this.clock = clock;
        this.signatures = signatures;
    }

    /**
     * @param presented leaf first, at least one
     * @param bundle the roots to trust
     */
    public ChainVerdict verify(List<X509Certificate> presented, TrustBundle bundle) {
        Instant now = clock.instant();
        if (presented.size() > MOST_CERTIFICATES) {
            return refusedForever(Reason.MALFORMED, "a chain of " + presented.size() + " certificates");
        }
        ParsedCertificate leaf;
        try {
            leaf = ParsedCertificate.of(presented.getFirst());
        } catch (MalformedDer e) {
            return refusedForever(Reason.MALFORMED, "verifying certificate failed: " + e.getMessage());
        }
        var intermediates = readable(presented.subList(1, presented.size()));
        var search = new ChainSearch(bundle, intermediates, signatures, now);
        var chain = search.from(leaf);
        if (chain.isPresent()) {
            return trusted(chain.get());
        }
        var failure = search.failure();
        var all = Stream.of(List.of(leaf), intermediates, bundle.roots())
                .flatMap(List::stream)
                .toList();
        return refused(
                failure.reason(),
                "verifying certificate " + leaf.identifier() + " failed: " + failure.what(),
                all,
                now);
    }

    /** Junk among the intermediates helps nobody and hurts nobody. */
    private static List<ParsedCertificate> readable(List<X509Certificate> presented) {
        var read = new ArrayList<ParsedCertificate>();
        for (var certificate : presented) {
            try {
                var parsed = ParsedCertificate.of(certificate);
                if (read.stream().noneMatch(parsed::sameAs)) {
                    read.add(parsed);
                }
            } catch (MalformedDer e) {
                continue;
            }
        }
        return read;
    }

    private static ChainVerdict trusted(List<ParsedCertificate> chain) {
        Instant from = Instant.MIN;
        Instant until = Instant.MAX;
        for (var certificate : chain) {
            from = from.isBefore(certificate.notBefore()) ? certificate.notBefore() : from;
            until = until.isAfter(certificate.notAfter()) ? certificate.notAfter() : until;
        }
        return new ChainVerdict.Trusted(
                chain.stream().map(ParsedCertificate::certificate).toList(), from, until);
    }

    /** A refusal holds while no certificate that could matter begins or ends. */
    private static ChainVerdict refused(
            Reason reason, String detail, List<ParsedCertificate> certificates, Instant now) {
        Instant from = Instant.MIN;
        Instant until = Instant.MAX;
        for (var certificate : certificates) {
            // An end is itself inside the validity, hence the nanosecond.
            for (var edge :
                    List.of(certificate.notBefore(), certificate.notAfter().plusNanos(1))) {
                if (edge.isAfter(now)) {
                    until = edge.isBefore(until) ? edge.minusNanos(1) : until;
                } else {
                    from = edge.isAfter(from) ? edge : from;
                }
            }
        }
        return new ChainVerdict.Refused(reason, detail, from, until);
    }

    private static ChainVerdict refusedForever(Reason reason, String detail) {
        return new ChainVerdict.Refused(reason, detail, Instant.MIN, Instant.MAX);
    }
}
