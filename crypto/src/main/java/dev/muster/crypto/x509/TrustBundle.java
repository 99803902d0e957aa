package dev.muster.crypto.x509;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The roots that are trusted, as of one moment. Immutable; a changed bundle is a new object with a higher generation, so that
 * a verdict can remember by which bundle it was reached.
 */
public final class TrustBundle {

    private static final AtomicLong GENERATIONS = new AtomicLong();

    /** Trusts nobody. */
    public static final TrustBundle EMPTY = new TrustBundle(List.of());

    private final List<ParsedCertificate> roots;
    private final Map<ByteBuffer, List<ParsedCertificate>> bySubject = new HashMap<>();
    private final long generation = GENERATIONS.incrementAndGet();

    private TrustBundle(List<ParsedCertificate> roots) {
        this.roots = List.copyOf(roots);
        for (var root : roots) {
            bySubject
                    .computeIfAbsent(ByteBuffer.wrap(root.subject()), _ -> new ArrayList<>(1))
                    .add(root);
        }
    }

    /** These roots, each once, in this order. */
    public static TrustBundle of(List<X509Certificate> certificates) throws MalformedPem {
        var parsed = new ArrayList<ParsedCertificate>();
        for (var certificate : new LinkedHashSet<>(certificates)) {
            try {
                parsed.add(ParsedCertificate.of(certificate));
            } catch (MalformedDer e) {
                throw new MalformedPem("a certificate that cannot be read: " + e.getMessage());
            }
        }
        return new TrustBundle(parsed);
    }

    /** The roots of a PEM file; at least one. */
    public static TrustBundle parse(byte[] pem) throws MalformedPem {
        return of(Pem.certificates(pem));
    }

    /** All roots of both, this one's first. */
    public TrustBundle with(TrustBundle other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        var both = new ArrayList<>(roots);
        other.roots.stream()
                .filter(more -> roots.stream().noneMatch(more::sameAs))
                .forEach(both::add);
        return new TrustBundle(both);
    }

    public boolean isEmpty() {
        return roots.isEmpty();
    }

    /** Higher for each bundle made in this process. */
    public long generation() {
        return generation;
    }

    public List<X509Certificate> certificates() {
        return roots.stream().map(ParsedCertificate::certificate).toList();
    }

    List<ParsedCertificate> roots() {
        return roots;
    }

    List<ParsedCertificate> named(byte[] subject) {
        return bySubject.getOrDefault(ByteBuffer.wrap(subject), List.of());
    }
}
