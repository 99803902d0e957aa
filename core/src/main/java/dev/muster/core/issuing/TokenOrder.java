package dev.muster.core.issuing;

import dev.muster.core.identity.Audiences;
import java.time.Duration;
import java.util.Optional;

/**
 * What a token shall be.
 *
 * @param audiences for whom; at least one
 * @param life from now
 * @param warnAfter from when on its use is worth a warning, since it ought to have been renewed
 */
public record TokenOrder(
        AccountId account, Audiences audiences, Duration life, Optional<Duration> warnAfter, Binding binding) {

    /**
     * The objects a token dies with. A node beside a pod is only told, not held against anything.
     */
    public record Binding(Optional<Bound> pod, Optional<Bound> secret, Optional<Bound> node) {

        /** To the account alone. */
        public static final Binding NONE = new Binding(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * One object.
     *
     * @param uid empty only for a node beside a pod, when the node is not known
     */
    public record Bound(String name, String uid) {}
}
