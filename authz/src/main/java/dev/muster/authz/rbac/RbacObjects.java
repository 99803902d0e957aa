package dev.muster.authz.rbac;

import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.RbacKeys.Place;
import java.util.Optional;

/**
 * Where the defaults and the aggregation write: the API's own storage, without admission and escalation checks. Methods may
 * block and are called from several threads. The implementation fills in what the server owns (uid, times, versions).
 */
public interface RbacObjects {

    /** The stored object; reads see this process' own writes. */
    Optional<ApiObject> get(Place place);

    /** Done or {@link Result#EXISTS}. */
    Result create(Place place, ApiObject object);

    /** Replaces the object of that resourceVersion: done, {@link Result#CONFLICT} or {@link Result#MISSING}. */
    Result update(Place place, ApiObject object);

    /** Deletes the very object, by uid and resourceVersion: done, {@link Result#CONFLICT} or {@link Result#MISSING}. */
    Result delete(Place place, ApiObject object);

    /** What became of a write. */
    sealed interface Result {

        Result DONE = new Done();
        Result EXISTS = new Exists();
        Result CONFLICT = new Conflict();
        Result MISSING = new Missing();

        /** Stored and durable. */
        record Done() implements Result {}

        /** There is one already. */
        record Exists() implements Result {}

        /** Somebody else changed it. */
        record Conflict() implements Result {}

        /** There is none. */
        record Missing() implements Result {}

        /** The storage could not; perhaps later. */
        record Failed(String why) implements Result {}
    }
}
