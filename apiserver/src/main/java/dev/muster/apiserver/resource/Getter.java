package dev.muster.apiserver.resource;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import java.util.Optional;

/** Answers GET of one object. */
public interface Getter extends Revisioned {

    /** The object that the URL names, from memory; does not block. */
    Optional<ApiObject> get(ApiCall call);
}
