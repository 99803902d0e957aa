package dev.muster.apiserver.controllers.bootstrapsigner;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.stored.ObjectAccess;
import java.util.List;
import java.util.Optional;

/** Dies at the write: just before it, or just after. */
record Killed(ObjectAccess inner, boolean after) implements ObjectAccess {

    @Override
    public Optional<ApiObject> get(ResourceType type, String namespace, String name) {
        return inner.get(type, namespace, name);
    }

    @Override
    public List<ApiObject> list(ResourceType type, String namespace) {
        return inner.list(type, namespace);
    }

    @Override
    public ApiObject create(ResourceType type, ApiObject object) {
        throw new AssertionError("makes nothing");
    }

    @Override
    public ApiObject update(ResourceType type, String subresource, ApiObject object) {
        if (after) {
            inner.update(type, subresource, object);
        }
        throw new IllegalStateException("killed");
    }

    @Override
    public void delete(ResourceType type, String namespace, String name, Optional<String> uid) {
        throw new AssertionError("deletes nothing");
    }
}
