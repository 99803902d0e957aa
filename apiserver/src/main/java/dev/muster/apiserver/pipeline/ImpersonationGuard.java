package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.Status;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.request.GoText;
import java.util.List;
import java.util.Optional;

/**
 * Refuses every request that asks to act as somebody else. To ignore the wish would be worse than to refuse it: the caller
 * would act with his own rights while believing that he has fewer.
 */
final class ImpersonationGuard implements Filter {

    private static final String PREFIX = "impersonate-";

    @Override
    public void apply(Turn turn) {
        for (String name : turn.headers().names()) {
            if (name.startsWith(PREFIX)) {
                throw refusal(turn);
            }
        }
        turn.proceed();
    }

    private static StatusException refusal(Turn turn) {
        var target = turn.headers().first("impersonate-user").orElse("");
        if (target.isEmpty()) {
            return new StatusException(new Status(
                    400,
                    "BadRequest",
                    "requested impersonation of a uid, groups or extra fields without impersonating a user",
                    Optional.empty()));
        }
        String shown = LogText.cut(target);
        return new StatusException(new Status(
                403,
                "Forbidden",
                "users " + GoText.quote(shown) + " is forbidden: User "
                        + GoText.quote(turn.user().name())
                        + " cannot impersonate resource \"users\" in API group \"\" at the cluster scope:"
                        + " this server does not impersonate",
                Optional.of(new Status.Details(shown, "", "users", List.of(), 0))));
    }
}
