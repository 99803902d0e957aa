package dev.muster.authn.serviceaccount;

import dev.muster.api.meta.ApiObject;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import java.util.Optional;

/** What tokens are bound to, as it is now; from memory. */
public final class AccountObjects {

    private final Cache<ApiObject> cache;

    /** @param cache of all API objects */
    public AccountObjects(Cache<ApiObject> cache) {
        this.cache = cache;
    }

    Optional<ApiObject> account(String namespace, String name) {
        return find("serviceaccounts", namespace, name);
    }

    Optional<ApiObject> secret(String namespace, String name) {
        return find("secrets", namespace, name);
    }

    Optional<ApiObject> pod(String namespace, String name) {
        return find("pods", namespace, name);
    }

    Optional<ApiObject> node(String name) {
        return isSegment(name) ? get("/registry/core/nodes/" + name) : Optional.empty();
    }

    private Optional<ApiObject> find(String plural, String namespace, String name) {
        return isSegment(namespace) && isSegment(name)
                ? get("/registry/core/" + plural + "/" + namespace + "/" + name)
                : Optional.empty();
    }

    private Optional<ApiObject> get(String path) {
        return cache.get(Key.of(path)).map(Cache.Cached::value);
    }

    /** Signed is not harmless: nothing that a token says may reach another key. */
    private static boolean isSegment(String name) {
        return !name.isEmpty() && name.indexOf('/') < 0 && name.indexOf('\0') < 0;
    }
}
