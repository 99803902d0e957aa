package dev.muster.apiserver.controllers.bootstrapsigner;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.apiserver.testing.Api;
import java.util.List;
import java.util.Optional;

/** Somebody else changes cluster-info between the look at it and the write. */
record Raced(ObjectAccess inner, Api api) implements ObjectAccess {

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
        api.patch(
                "/api/v1/namespaces/kube-public/configmaps/cluster-info",
                "merge",
                "{\"data\":{\"other\":\"changed meanwhile\"}}");
        return inner.update(type, subresource, object);
    }

    @Override
    public void delete(ResourceType type, String namespace, String name, Optional<String> uid) {
        throw new AssertionError("deletes nothing");
    }
}
