package dev.muster.authn.revocable;

import dev.muster.core.certificate.Issue;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.User;
import dev.muster.crypto.x509.PublicKeyHash;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an accepted credential is known by, computed once per connection for certificates.
 *
 * @param certificate how its certificate is known, when it is one
 * @param tokenIds the {@code jti} of its token; empty when it has none
 * @param who as whom it was accepted
 */
record Fingerprint(Optional<Certificate> certificate, List<String> tokenIds, Accepted who) {

    private static final String CERTIFICATE = "X509SHA256=";
    private static final String TOKEN = "JTI=";

    /**
     * @param issued the issuer's key and the serial number, as {@link #numbered} writes them
     * @param publicKey {@link PublicKeyHash} of its own key
     */
    record Certificate(String issued, String publicKey) {

        static Certificate of(List<X509Certificate> chain) {
            var leaf = chain.getFirst();
            // A leaf that is itself a trusted root is its own issuer.
            var issuer = chain.size() > 1 ? chain.get(1) : leaf;
            return new Certificate(
                    numbered(PublicKeyHash.of(issuer.getPublicKey()), leaf.getSerialNumber()),
                    PublicKeyHash.of(leaf.getPublicKey()));
        }
    }

    /** One text for a key and a number, whatever case or leading zeros the number was written with. */
    static String numbered(String issuerKeyHash, BigInteger serial) {
        return issuerKeyHash + ":" + serial.toString(16);
    }

    /** Of a certificate of which only this is known. */
    static Fingerprint of(Issue issue) {
        var proof = new Proof(Optional.of(issue.from()), Optional.of(issue.until()), List.of());
        return new Fingerprint(
                Optional.of(new Certificate(
                        numbered(issue.keys().issuer(), issue.serial()),
                        issue.keys().own())),
                List.of(),
                new Accepted(issue.user(), Audiences.UNSPECIFIED, List.of(), proof));
    }

    static Fingerprint of(Accepted who) {
        var chain = who.proof().chain();
        return of(who, chain.isEmpty() ? Optional.empty() : Optional.of(Certificate.of(chain)));
    }

    static Fingerprint of(Accepted who, Optional<Certificate> certificate) {
        return new Fingerprint(certificate, credentialIds(who.user(), TOKEN), who);
    }

    /** A certificate's user without the chain that proved it: somebody between lost it, and it cannot be looked up. */
    boolean isIncomplete() {
        return certificate.isEmpty() && !credentialIds(who.user(), CERTIFICATE).isEmpty();
    }

    private static List<String> credentialIds(User user, String form) {
        var ids = user.extra().get(User.CREDENTIAL_ID);
        if (ids == null) {
            return List.of();
        }
        // Asked at every request, and there is nearly always one: no stream for that.
        var found = List.<String>of();
        for (String id : ids) {
            if (id.startsWith(form)) {
                String rest = id.substring(form.length());
                found = found.isEmpty()
                        ? List.of(rest)
                        : Stream.concat(found.stream(), Stream.of(rest)).toList();
            }
        }
        return found;
    }
}
