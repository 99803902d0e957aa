package dev.muster.authz.rbac;

import dev.muster.core.access.Decision;
import java.util.Optional;

/** Grounds that can name binding, subject and rule; worked out only when asked for. */
public interface Explained extends Decision.Grounds {

    RbacGrounds explain();

    @Override
    default String text() {
        return explain().text();
    }

    /** What is behind a decision, when RBAC made it. */
    static Optional<RbacGrounds> behind(Decision decision) {
        return decision instanceof Decision.Allow allow && allow.grounds() instanceof Explained explained
                ? Optional.of(explained.explain())
                : Optional.empty();
    }
}
