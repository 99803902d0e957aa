package dev.muster.authz.bootstrap;

import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.RbacKeys.Place;
import java.util.Optional;

/**
 * What should be stored at a place when the server starts.
 *
 * @param object empty: nothing should be there
 * @param exact whether what was added to it since is taken away again; otherwise only what is missing is added
 */
public record Desired(Place place, Optional<ApiObject> object, boolean exact) {

    static Desired atLeast(Place place, ApiObject object) {
        return new Desired(place, Optional.of(object), false);
    }

    static Desired exactly(Place place, ApiObject object) {
        return new Desired(place, Optional.of(object), true);
    }

    static Desired nothing(Place place) {
        return new Desired(place, Optional.empty(), true);
    }
}
