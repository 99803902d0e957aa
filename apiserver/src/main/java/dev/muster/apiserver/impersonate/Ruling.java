package dev.muster.apiserver.impersonate;

import dev.muster.api.meta.Status;
import dev.muster.core.identity.User;
import java.util.List;

/** Whether a caller may act as another. */
public sealed interface Ruling {

    /**
     * Yes, as this user.
     *
     * @param mode user-info, legacy, ...
     * @param constraint the verb for audit; empty in legacy mode
     */
    record Granted(User user, String mode, String constraint, List<Check> checks) implements Ruling {}

    /** No; with all that was looked for. */
    record Forbidden(Status status, List<Check> checks) implements Ruling {}

    /** Not without waiting: ask again on a thread that may. */
    record MustWait() implements Ruling {}
}
