package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.core.access.Attributes;

/**
 * Refuses every request that asks to act as somebody else. To ignore the wish would be worse than to refuse it: the caller
 * would act with his own rights while believing that he has fewer.
 */
final class ImpersonationGuard implements Filter {

    private static final String PREFIX = "impersonate-";

    @Override
    public void apply(Turn turn) {
        for (String name : turn.headerNames()) {
            if (name.startsWith(PREFIX)) {
                throw refusal(turn);
            }
        }
        turn.proceed();
    }

    private static StatusException refusal(Turn turn) {
        var target = turn.headers().first("impersonate-user").orElse("");
        if (target.isEmpty()) {
            return new StatusException(RequestStatuses.badRequest(
                    "requested impersonation of a uid, groups or extra fields without impersonating a user"));
        }
        return new StatusException(ForbiddenStatuses.forbidden(
                Attributes.ResourceAttributes.of(turn.user(), "impersonate", "", "", "users", "", LogText.cut(target)),
                "this server does not impersonate"));
    }
}
