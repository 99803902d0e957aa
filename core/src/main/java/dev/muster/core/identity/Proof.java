package dev.muster.core.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the credential that proved an identity: by this it is found again when it is taken back.
 *
 * @param issued when it was made, by its own word; empty = not known, which revocation takes as long ago
 * @param expires the last moment it is good for; empty = not known
 * @param chain the certificates from the one presented to the root it was traced to; empty for anything but certificates
 * @param session the log-in it came of, as its issuer calls it ({@code sid})
 * @param voucher on whose word the user has this name, where it is another's than the authenticator's own: the URL of an issuer, or
 *     the common name of a front proxy, whose certificate the chain then is
 */
public record Proof(
        Optional<Instant> issued,
        Optional<Instant> expires,
        List<X509Certificate> chain,
        Optional<String> session,
        Optional<String> voucher) {

    /** Nothing is known: a static token. */
    public static final Proof UNTOLD = new Proof(Optional.empty(), Optional.empty(), List.of());

    public Proof {
        chain = List.copyOf(chain);
    }

    /** Of no session. */
    public Proof(Optional<Instant> issued, Optional<Instant> expires, List<X509Certificate> chain) {
        this(issued, expires, chain, Optional.empty(), Optional.empty());
    }

    /** On the authenticator's own word. */
    public Proof(
            Optional<Instant> issued,
            Optional<Instant> expires,
            List<X509Certificate> chain,
            Optional<String> session) {
        this(issued, expires, chain, session, Optional.empty());
    }

    /** The same on the word of somebody else. */
    public Proof by(String other) {
        return new Proof(issued, expires, chain, session, Optional.of(other));
    }

    /** A token that says when it was issued and when it expires. */
    public static Proof ofToken(Instant issued, Instant expires) {
        return new Proof(Optional.of(issued), Optional.of(expires), List.of());
    }
}
