package dev.muster.apiserver.stored;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import java.util.List;
import java.util.Optional;

/**
 * Objects for the program's own parts: controllers, the keeper of the bootstrap roles. No HTTP and no authorization; defaulting,
 * admission and validation are the same as for callers, guards are not asked. Reads come from the cache and do not block;
 * writes block, and every later read sees them. All throw {@link dev.muster.api.meta.StatusException} as the API would answer.
 *
 * <p>Namespaces are empty for cluster scope, and on {@link #list} also for all namespaces.
 */
public interface ObjectAccess {

    Optional<ApiObject> get(ResourceType type, String namespace, String name);

    /** In key order. */
    List<ApiObject> list(ResourceType type, String namespace);

    /** Makes the object, in the namespace it names. */
    ApiObject create(ResourceType type, ApiObject object);

    /**
     * Replaces the object of its name. With a resourceVersion, only what that was: 409 otherwise.
     *
     * @param subresource empty, {@code status}, {@code finalize} for namespaces, or {@code approval} for certificate signing
     *     requests
     */
    ApiObject update(ResourceType type, String subresource, ApiObject object);

    /**
     * Deletes the object, or marks it while finalizers hold it.
     *
     * @param uid the object must have it; empty = whichever there is
     */
    void delete(ResourceType type, String namespace, String name, Optional<String> uid);
}
