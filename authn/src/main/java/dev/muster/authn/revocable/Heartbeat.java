package dev.muster.authn.revocable;

import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.User;
import dev.muster.crypto.x509.DistinguishedName;
import dev.muster.crypto.x509.MalformedDer;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the store is still heard of: what is taken back while it is not, is not known here.
 *
 * @param silence how long nothing has been heard; negative = never
 * @param most how long nobody minds
 * @param own the key of the process's own authority, whose break-glass certificates are good all the same
 */
public record Heartbeat(Supplier<Duration> silence, Duration most, PublicKey own) {

    /** How the names of break-glass certificates begin. */
    public static final String BREAK_GLASS = "break-glass:";

    boolean isMissing() {
        Duration silent = silence.get();
        return silent.isNegative() || silent.compareTo(most) > 0;
    }

    /**
     * Made for the day on which everything else fails: by our own authority, for whoever may read its key. The certificate itself
     * must say so: a front proxy proves whom it names with a certificate too, and that one is its own.
     */
    boolean isBreakGlass(Accepted who) {
        var chain = who.proof().chain();
        return who.user().isIn(User.MASTERS)
                && who.user().name().startsWith(BREAK_GLASS)
                && chain.size() == 2
                && chain.get(1).getPublicKey().equals(own)
                && names(chain.getFirst(), who.user().name());
    }

    private static boolean names(X509Certificate certificate, String user) {
        try {
            var names = DistinguishedName.ofSubject(certificate.getEncoded()).all(DistinguishedName.CN);
            return !names.isEmpty() && names.getLast().text().equals(Optional.of(user));
        } catch (MalformedDer | CertificateEncodingException _) {
            return false;
        }
    }
}
