package dev.muster.apiserver.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that has to be right.
 *
 * @param name a path segment, such as {@code etcd} or {@code poststarthook/rbac/bootstrap-roles}
 * @param scope who asks, and whether it counts
 * @param problem what is wrong, empty when nothing; called on the event loop, so it reads what is known and does not wait
 */
public record Check(String name, Scope scope, Supplier<Optional<String>> problem) {

    /** Who asks. */
    public enum Scope {
        /** All three: a server that fails is to be restarted. */
        ALL,
        /** {@code /readyz} alone. */
        READINESS,
        /** {@code /readyz} shows it, and is ready all the same: others have to mend it. */
        SHOWN
    }

    /** Asked by all three. */
    public static Check of(String name, Supplier<Optional<String>> problem) {
        return new Check(name, Scope.ALL, problem);
    }

    /** Asked for readiness alone. */
    public static Check ofReadiness(String name, Supplier<Optional<String>> problem) {
        return new Check(name, Scope.READINESS, problem);
    }

    /** Shown, and does not count. */
    public static Check shown(String name, Supplier<Optional<String>> problem) {
        return new Check(name, Scope.SHOWN, problem);
    }

    /** A check that throws has found something. */
    Optional<String> run() {
        try {
            return problem.get();
        } catch (RuntimeException e) {
            return Optional.of("the check failed: " + e.getMessage());
        }
    }
}
