package dev.muster.apiserver.pipeline;

import dev.muster.apiserver.impersonate.Check;
import dev.muster.apiserver.impersonate.Wish;
import java.util.List;

/**
 * How a request came to be another's, or why it did not.
 *
 * @param wish as whom the caller wanted to act
 * @param constraint the verb that allowed it, for audit: {@code impersonate:user-info}; empty for the old verb, and where nothing did
 * @param checks what was looked for
 */
record Acting(Wish wish, String constraint, List<Check> checks) {
    Acting {
        checks = List.copyOf(checks);
    }
}
