package dev.muster.apiserver.review;

import dev.muster.apiserver.request.ApiCall;
import dev.muster.core.identity.Heard;
import java.util.List;

/** Told of each token that a TokenReview found nobody's, so that operators can find out why. Must not block. */
@FunctionalInterface
public interface RefusedTokens {

    /**
     * @param call the review, without the token
     * @param said one sentence
     * @param heard what each authenticator said
     */
    void told(ApiCall call, String said, List<Heard> heard);
}
