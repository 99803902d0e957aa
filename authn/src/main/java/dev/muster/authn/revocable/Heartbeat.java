package dev.muster.authn.revocable;

import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.User;
import java.security.PublicKey;
import java.time.Duration;
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

    /** Made for the day on which everything else fails: by our own authority, for whoever may read its key. */
    boolean isBreakGlass(Accepted who) {
        var chain = who.proof().chain();
        return who.user().isIn(User.MASTERS)
                && who.user().name().startsWith(BREAK_GLASS)
                && chain.size() == 2
                && chain.get(1).getPublicKey().equals(own);
    }
}
