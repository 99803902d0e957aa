package dev.muster.authn.revocable;

import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.api.strategy.WriteGuard;

/**
 * Nobody deletes or changes a Revocation aimed at themselves, whatever their rights: whoever lost a credential must not get it
 * back with another one of theirs, nor by acting as somebody else.
 */
public final class OwnRevocations implements WriteGuard {

    static final String GROUP = "identity.muster.dev";
    static final String RESOURCE = "revocations";

    @Override
    public void check(Attempt attempt) {
        boolean isRevocation = attempt.type().gvk().group().equals(GROUP)
                && attempt.type().plural().equals(RESOURCE);
        if (!isRevocation || attempt.old().isEmpty()) {
            return;
        }
        ApiObject stored = attempt.old().get();
        refuseIfAimedAt(attempt.user().name(), stored, attempt);
        refuseIfAimedAt(attempt.caller().name(), stored, attempt);
    }

    private static void refuseIfAimedAt(String user, ApiObject stored, Attempt attempt) {
        if (isAimedAt(user, stored)) {
            throw new StatusException(ForbiddenStatuses.forbidden(
                    attempt.type(),
                    stored.name(),
                    "it takes back a credential of " + user
                            + ", and nobody may " + (attempt.verb().equals("delete") ? "delete" : "change")
                            + " a revocation aimed at themselves; ask another administrator"));
        }
    }

    private static boolean isAimedAt(String user, ApiObject revocation) {
        var spec = revocation.tree().path("spec");
        return spec.path("subject").asText("").equals(user)
                || spec.path("user").path("name").asText("").equals(user);
    }
}
