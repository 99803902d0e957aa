package dev.muster.crypto.x509;

import dev.muster.core.identity.Reason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** What {@link ClientChainVerifier} says of a presented chain, and for how long it would say the same. */
public sealed interface ChainVerdict {

    /** The first moment this verdict is right for. */
    Instant validFrom();

    /** The last moment this verdict is right for. */
    Instant validUntil();

    /** Whether the verdict still is right at this moment, as far as time decides. */
    default boolean holdsAt(Instant now) {
        return !now.isBefore(validFrom()) && !now.isAfter(validUntil());
    }

    /**
     * The leaf is a good client certificate.
     *
     * @param chain from the leaf to the root that it was traced to
     */
    record Trusted(List<X509Certificate> chain, Instant validFrom, Instant validUntil) implements ChainVerdict {
        public Trusted {
            chain = List.copyOf(chain);
        }
    }

    /**
     * It is not.
     *
     * @param reason safe to count
     * @param detail for the log: which certificate, by its numbers, and what was wrong with it
     */
    record Refused(Reason reason, String detail, Instant validFrom, Instant validUntil) implements ChainVerdict {}
}
