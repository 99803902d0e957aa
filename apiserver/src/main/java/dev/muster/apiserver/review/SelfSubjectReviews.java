package dev.muster.apiserver.review;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Creator;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** SelfSubjectReview: who am I? What {@code kubectl auth whoami} asks. */
final class SelfSubjectReviews implements Creator {

    private final ResourceType type;
    private final InstantSource clock;

    SelfSubjectReviews(ResourceType type, InstantSource clock) {
        this.type = type;
        this.clock = clock;
    }

    @Override
    public ResourceType type() {
        return type;
    }

    @Override
    public ApiObject create(ApiCall call, ApiObject body, boolean dryRun) {
        var review = Trees.object(type.gvk());
        review.putObject("metadata")
                .put(
                        "creationTimestamp",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        Trees.putUser(review.putObject("status"), "userInfo", call.user());
        return ApiObject.of(review);
    }
}
