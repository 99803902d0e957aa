package dev.muster.apiserver.review;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.RequestStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.request.ApiCall;
import dev.muster.apiserver.resource.Creator;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.access.RuleResolver.PathRule;
import dev.muster.core.access.RuleResolver.ResourceRule;
import java.util.List;

/** SelfSubjectRulesReview: what may I, in this namespace? What {@code kubectl auth can-i --list} asks. */
final class RulesReviews implements Creator {

    private final ResourceType type;
    private final RuleResolver resolver;

    RulesReviews(ResourceType type, RuleResolver resolver) {
        this.type = type;
        this.resolver = resolver;
    }

    @Override
    public ResourceType type() {
        return type;
    }

    @Override
    public ApiObject create(ApiCall call, ApiObject body, boolean dryRun) {
        String namespace = Trees.text(body.tree().path("spec"), "namespace");
        if (namespace.isEmpty()) {
            throw new StatusException(RequestStatuses.badRequest("no namespace on request"));
        }
        var rules = resolver.rulesFor(call.user(), namespace);
        var review = Trees.object(type.gvk());
        review.putObject("metadata");
        review.putObject("spec");
        var status = review.putObject("status");
        putResourceRules(status.putArray("resourceRules"), rules.resourceRules());
        putPathRules(status.putArray("nonResourceRules"), rules.pathRules());
        status.put("incomplete", rules.incomplete());
        putErrors(status, rules.errors());
        return ApiObject.of(review);
    }

    private static void putResourceRules(ArrayNode list, List<ResourceRule> rules) {
        for (ResourceRule rule : rules) {
            var node = list.addObject();
            rule.verbs().forEach(node.putArray("verbs")::add);
            Trees.putTexts(node, "apiGroups", rule.apiGroups());
            Trees.putTexts(node, "resources", rule.resources());
            Trees.putTexts(node, "resourceNames", rule.resourceNames());
        }
    }

    private static void putPathRules(ArrayNode list, List<PathRule> rules) {
        for (PathRule rule : rules) {
            var node = list.addObject();
            rule.verbs().forEach(node.putArray("verbs")::add);
            Trees.putTexts(node, "nonResourceURLs", rule.paths());
        }
    }

    private static void putErrors(ObjectNode status, List<String> errors) {
        if (errors.size() == 1) {
            status.put("evaluationError", errors.getFirst());
        } else if (!errors.isEmpty()) {
            status.put("evaluationError", "[" + String.join(", ", errors) + "]");
        }
    }
}
