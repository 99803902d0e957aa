package dev.muster.http.call;

import java.time.Duration;
import java.util.Optional;

/** Is told how each call ended; for metrics. Called on whatever thread made the call; does not block. */
@FunctionalInterface
public interface CallWatcher {

    /** Nobody looks. */
    CallWatcher NONE = (_, _, _) -> {};

    /**
     * @param failure empty when an answer came, whatever its status
     */
    void ended(Call call, Optional<CallFailed.Kind> failure, Duration took);
}
