package dev.muster.server.wiring;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.RbacKeys.Place;
import dev.muster.authz.rbac.RbacObjects;
import java.util.Optional;

/** RBAC's own objects in the API's storage. */
record RbacStorage(Kinds kinds, ObjectAccess objects) implements RbacObjects {

    @Override
    public Optional<ApiObject> get(Place place) {
        return objects.get(type(place), place.namespace(), place.name());
    }

    @Override
    public Result create(Place place, ApiObject object) {
        return result(() -> objects.create(type(place), object));
    }

    @Override
    public Result update(Place place, ApiObject object) {
        return result(() -> objects.update(type(place), "", object));
    }

    @Override
    public Result delete(Place place, ApiObject object) {
        return result(() -> objects.delete(type(place), place.namespace(), place.name(), Optional.of(object.uid())));
    }

    private ResourceType type(Place place) {
        return kinds.byResource(RbacKeys.GROUP, "v1", place.kind().resource()).orElseThrow();
    }

    private static Result result(Runnable write) {
        try {
            write.run();
            return Result.DONE;
        } catch (StatusException e) {
            return switch (e.status().reason()) {
                case "AlreadyExists" -> Result.EXISTS;
                case "Conflict" -> Result.CONFLICT;
                case "NotFound" -> Result.MISSING;
                default -> new Result.Failed(e.status().message());
            };
        }
    }
}
