package dev.muster.apiserver.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that has to be right.
 *
 * @param name a path segment, such as {@code etcd} or {@code poststarthook/rbac/bootstrap-roles}
 * @param readinessOnly whether only {@code /readyz} asks; a server that fails others is to be restarted
 * @param problem what is wrong, empty when nothing; called on the event loop, so it reads what is known and does not wait
 */
public record Check(String name, boolean readinessOnly, Supplier<Optional<String>> problem) {

    /** Asked by all three. */
    public static Check of(String name, Supplier<Optional<String>> problem) {
        return new Check(name, false, problem);
    }

    /** Asked for readiness alone. */
    public static Check ofReadiness(String name, Supplier<Optional<String>> problem) {
        return new Check(name, true, problem);
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
