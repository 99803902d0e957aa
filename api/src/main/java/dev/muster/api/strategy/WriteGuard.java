package dev.muster.api.strategy;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.core.identity.User;
import java.util.Optional;

/**
 * A last look at a write after defaulting and before validation: may this caller make this very object? Privilege
 * escalation checks are guards. May block.
 */
@FunctionalInterface
public interface WriteGuard {

    /**
     * Returns if the write may go on.
     *
     * @throws dev.muster.api.meta.StatusException with the refusal
     */
    void check(Attempt attempt);

    /**
     * @param user whose rights count
     * @param caller who really called; another than the user only under impersonation
     * @param verb create, update, patch or delete
     * @param urlName the name in the URL; empty on create
     * @param proposed what would be stored; what is stored now on delete
     * @param old what is stored now; empty on create
     */
    record Attempt(
            User user,
            User caller,
            String verb,
            ResourceType type,
            String namespace,
            String urlName,
            ApiObject proposed,
            Optional<ApiObject> old) {

        /** By the user themselves. */
        public Attempt(
                User user,
                String verb,
                ResourceType type,
                String namespace,
                String urlName,
                ApiObject proposed,
                Optional<ApiObject> old) {
            this(user, user, verb, type, namespace, urlName, proposed, old);
        }
    }
}
