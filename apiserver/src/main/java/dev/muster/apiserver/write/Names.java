package dev.muster.apiserver.write;

import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.request.ApiCall;

/** An object that is to take the place of another says its name. */
public final class Names {

    private Names() {}

    /**
     * The object itself.
     *
     * @throws StatusException 400 for one without a name
     */
    public static ApiObject require(ApiCall call, ApiObject object) {
        if (object.name().isEmpty()) {
            throw new StatusException(Statuses.badRequest("the name of the object ("
                    + call.info().name() + " based on URL) was undeterminable: name must be provided"));
        }
        return object;
    }
}
