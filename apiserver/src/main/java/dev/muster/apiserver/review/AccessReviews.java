package dev.muster.apiserver.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Creator;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Attributes.Selectors;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.Optional;

/**
 * SubjectAccessReview, LocalSubjectAccessReview and SelfSubjectAccessReview: may they? Answered by the whole chain of
 * authorizers; a refusal is an answer, with 201.
 */
final class AccessReviews implements Creator {

    /** Who is asked about. */
    enum Of {
        SUBJECT,
        SUBJECT_IN_NAMESPACE,
        SELF
    }

    private final ResourceType type;
    private final Of of;
    private final Authorizer authorizer;

    AccessReviews(ResourceType type, Of of, Authorizer authorizer) {
        this.type = type;
        this.of = of;
        this.authorizer = authorizer;
    }

    @Override
    public ResourceType type() {
        return type;
    }

    @Override
    public ApiObject create(ApiCall call, ApiObject body, boolean dryRun) {
        var review = body.copyTree();
        if (of == Of.SUBJECT_IN_NAMESPACE) {
            fitNamespace(review, call.info().namespace());
        }
        var causes = AccessRules.validate(review, of);
        if (!causes.isEmpty()) {
            throw new StatusException(Statuses.invalid(type.gvk(), "", causes));
        }
        var spec = review.path("spec");
        var fields = ReviewedSelector.fields(spec.path("resourceAttributes").path("fieldSelector"));
        var labels = ReviewedSelector.labels(spec.path("resourceAttributes").path("labelSelector"));
        var user = of == Of.SELF ? call.user() : subject(spec);
        var decision = decide(question(user, spec, fields.text(), labels.text()));
        answer(review.putObject("status"), decision, fields.error(), labels.error());
        return ApiObject.of(review);
    }

    private static void fitNamespace(ObjectNode review, String namespace) {
        if (namespace.isEmpty()) {
            throw new StatusException(RequestStatuses.badRequest("namespace is required on this type: "));
        }
        var metadata = review.withObjectProperty("metadata");
        String said = Trees.text(metadata, "namespace");
        if (said.isEmpty()) {
            metadata.put("namespace", namespace);
        } else if (!said.equals(namespace)) {
            throw new StatusException(
                    RequestStatuses.badRequest("spec.resourceAttributes.namespace must match namespace: " + namespace));
        }
    }

    private static User subject(JsonNode spec) {
        return new User(
                Trees.text(spec, "user"),
                Trees.text(spec, "uid"),
                Trees.texts(spec.path("groups")),
                Trees.extra(spec.path("extra")));
    }

    private static Attributes question(User user, JsonNode spec, String fields, String labels) {
        if (!spec.hasNonNull("resourceAttributes")) {
            var path = spec.path("nonResourceAttributes");
            return new PathAttributes(user, Trees.text(path, "verb"), Trees.text(path, "path"));
        }
        var resource = spec.path("resourceAttributes");
        String version = Trees.text(resource, "version");
        return new ResourceAttributes(
                user,
                Trees.text(resource, "verb"),
                Trees.text(resource, "namespace"),
                Trees.text(resource, "group"),
                version.isEmpty() ? "*" : version,
                Trees.text(resource, "resource"),
                Trees.text(resource, "subresource"),
                Trees.text(resource, "name"),
                "",
                fields.isEmpty() && labels.isEmpty() ? Optional.empty() : Optional.of(new Selectors(fields, labels)));
    }

    private Decision decide(Attributes question) {
        var decision = authorizer.authorize(question);
        return decision instanceof Decision.Elsewhere elsewhere
                ? elsewhere.ask().get()
                : decision;
    }

    /** Denied is said only of an explicit deny; where nobody has an opinion, both are false. */
    private static void answer(ObjectNode status, Decision decision, String fieldError, String labelError) {
        var errors = new StringBuilder();
        status.put("allowed", decision instanceof Decision.Allow);
        switch (decision) {
            case Decision.Allow allow ->
                Trees.putText(status, "reason", allow.grounds().text());
            case Decision.Deny deny -> {
                status.put("denied", true);
                Trees.putText(status, "reason", deny.grounds().text());
            }
            case Decision.NoOpinion none
            when none.failed() -> add(errors, none.grounds().text());
            case Decision.NoOpinion none ->
                Trees.putText(status, "reason", none.grounds().text());
            case Decision.Elsewhere _ -> add(errors, "an authorizer went round in circles");
        }
        add(errors, fieldError);
        add(errors, labelError);
        Trees.putText(status, "evaluationError", errors.toString());
    }

    private static void add(StringBuilder errors, String error) {
        if (!error.isEmpty()) {
            errors.append(errors.isEmpty() ? "" : "; ").append(error);
        }
    }
}
