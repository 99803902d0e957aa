package dev.muster.apiserver.review;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.apiserver.resource.Resource;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.TokenAuthenticator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** All reviews, in every version that the kinds know. */
public final class Reviews {

    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String AUTHORIZATION = "authorization.k8s.io";

    private final Kinds kinds;
    private final List<Resource> made = new ArrayList<>();

    private Reviews(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * The resources.
     *
     * @param tokens the whole token chain, group adder included; no anonymous in it
     * @param refused told of tokens that are nobody's
     * @param audiences {@code --api-audiences}; what a review without audiences asks for
     * @param authorizer the whole chain
     */
    public static List<Resource> all(
            Kinds kinds,
            TokenAuthenticator tokens,
            RefusedTokens refused,
            Audiences audiences,
            Authorizer authorizer,
            RuleResolver rules,
            InstantSource clock) {
        var reviews = new Reviews(kinds);
        reviews.add(AUTHENTICATION, "selfsubjectreviews", type -> new SelfSubjectReviews(type, clock));
        reviews.add(AUTHENTICATION, "tokenreviews", type -> new TokenReviews(type, tokens, audiences, refused));
        reviews.add(
                AUTHORIZATION,
                "localsubjectaccessreviews",
                type -> new AccessReviews(type, AccessReviews.Of.SUBJECT_IN_NAMESPACE, authorizer));
        reviews.add(
                AUTHORIZATION,
                "selfsubjectaccessreviews",
                type -> new AccessReviews(type, AccessReviews.Of.SELF, authorizer));
        reviews.add(AUTHORIZATION, "selfsubjectrulesreviews", type -> new RulesReviews(type, rules));
        reviews.add(
                AUTHORIZATION,
                "subjectaccessreviews",
                type -> new AccessReviews(type, AccessReviews.Of.SUBJECT, authorizer));
        return List.copyOf(reviews.made);
    }

    private void add(String group, String plural, Function<ResourceType, Resource> make) {
        boolean any = false;
        for (String version : List.of("v1", "v1beta1")) {
            var type = kinds.byResource(group, version, plural);
            if (type.isPresent()) {
                made.add(make.apply(type.get()));
                any = true;
            }
        }
        if (!any) {
            throw new IllegalStateException("the kinds do not know " + plural + "." + group);
        }
    }
}
