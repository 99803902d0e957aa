package dev.muster.apiserver.controllers.tokencleaner;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.stored.ObjectAccess;
import java.util.List;
import java.util.Optional;

/** Shows one object as it was; writes reach what is there. */
record Stale(ObjectAccess inner, ApiObject before) implements ObjectAccess {

    @Override
    public Optional<ApiObject> get(ResourceType type, String namespace, String name) {
        return Optional.of(before);
    }

    @Override
    public List<ApiObject> list(ResourceType type, String namespace) {
        return inner.list(type, namespace);
    }

    @Override
    public ApiObject create(ResourceType type, ApiObject object) {
        return inner.create(type, object);
    }

    @Override
    public ApiObject update(ResourceType type, String subresource, ApiObject object) {
        return inner.update(type, subresource, object);
    }

    @Override
    public void delete(ResourceType type, String namespace, String name, Optional<String> uid) {
        inner.delete(type, namespace, name, uid);
    }
}
