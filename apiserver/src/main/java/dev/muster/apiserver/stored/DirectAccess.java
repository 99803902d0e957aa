package dev.muster.apiserver.stored;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.resource.DeleteOptions;
import dev.muster.apiserver.stored.StoredObjects.View;
import dev.muster.core.identity.User;
import dev.muster.core.store.Cache.Cached;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@link ObjectAccess} over the stored objects themselves. */
final class DirectAccess implements ObjectAccess {

    private static final User SELF = User.of("system:apiserver", User.MASTERS, User.AUTHENTICATED);

    private final Map<ResourceType, StoredObjects> byType;

    DirectAccess(Map<ResourceType, StoredObjects> byType) {
        this.byType = byType;
    }

    @Override
    public Optional<ApiObject> get(ResourceType type, String namespace, String name) {
        return of(type).get(namespace, name).map(Cached::value);
    }

    @Override
    public List<ApiObject> list(ResourceType type, String namespace) {
        return of(type).list(namespace).items().stream().map(Cached::value).toList();
    }

    @Override
    public ApiObject create(ResourceType type, ApiObject object) {
        return of(type).create(writer(type, object.namespace(), ""), object, false);
    }

    @Override
    public ApiObject update(ResourceType type, String subresource, ApiObject object) {
        var view = switch (subresource) {
            case "" -> View.WHOLE;
            case "status" -> View.STATUS;
            case "approval" -> View.APPROVAL;
            case "finalize" -> View.FINALIZE;
            default -> throw new IllegalArgumentException("no such sub-resource: " + subresource);
        };
        return of(type).revise(writer(type, object.namespace(), object.name()), "update", view, _ -> object, false);
    }

    @Override
    public void delete(ResourceType type, String namespace, String name, Optional<String> uid) {
        var options = new DeleteOptions(OptionalLong.empty(), uid, Optional.empty(), Optional.empty(), false);
        of(type).delete(writer(type, namespace, name), options);
    }

    private static Writer writer(ResourceType type, String namespace, String name) {
        return new Writer(SELF, SELF, false, type.namespaced() ? namespace : "", name);
    }

    private StoredObjects of(ResourceType type) {
        var objects = byType.get(type);
        if (objects == null) {
            throw new IllegalArgumentException(type.qualifiedName() + " is not stored");
        }
        return objects;
    }
}
