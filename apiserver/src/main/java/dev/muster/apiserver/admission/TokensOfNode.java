package dev.muster.apiserver.admission;

import static dev.muster.apiserver.admission.NodeRestriction.forbidden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.apiserver.admission.Admission.Attempt;
import dev.muster.apiserver.admission.Admission.Operation;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;

/**
 * Tokens a node asks for on behalf of its pods: each bound to a pod that runs there, and for an audience that this pod names in a
 * projected volume or that somebody granted to the node.
 */
final class TokensOfNode {

    /** The right to audiences beyond those of the pod; the audience stands where rules have resources. */
    private static final String VERB = "request-serviceaccounts-token-audience";

    private final CoreObjects objects;
    private final Authorizer authorizer;

    TokensOfNode(CoreObjects objects, Authorizer authorizer) {
        this.objects = objects;
        this.authorizer = authorizer;
    }

    void admit(String node, Attempt attempt) {
        if (attempt.operation() != Operation.CREATE || !attempt.subresource().equals("token")) {
            return;
        }
        JsonNode spec = attempt.object().orElseThrow().tree().path("spec");
        ApiObject pod = boundPod(attempt, spec.path("boundObjectRef"));
        if (!pod.tree().path("spec").path("nodeName").asText("").equals(node)) {
            throw forbidden(attempt, "node requested token bound to a pod scheduled on a different node");
        }
        JsonNode audiences = spec.path("audiences");
        if (audiences.size() > 1) {
            throw forbidden(attempt, "node may only request 0 or 1 audiences");
        }
        String audience = audiences.path(0).asText("");
        if (!isNamed(pod, audience) && !isGranted(attempt, audience)) {
            User user = attempt.user();
            throw forbidden(
                    attempt,
                    "audience " + GoText.quote(audience) + " not found in pod spec volume, " + user.name()
                            + " is not authorized to request tokens for this audience");
        }
    }

    private ApiObject boundPod(Attempt attempt, JsonNode reference) {
        String name = reference.path("name").asText("");
        String uid = reference.path("uid").asText("");
        if (!reference.path("apiVersion").asText("").equals("v1")
                || !reference.path("kind").asText("").equals("Pod")
                || name.isEmpty()) {
            throw forbidden(attempt, "node requested token not bound to a pod");
        }
        if (uid.isEmpty()) {
            throw forbidden(attempt, "node requested token with a pod binding without a uid");
        }
        var pod = objects.find("pods", attempt.namespace(), name)
                .orElseThrow(() -> new StatusException(Statuses.notFound("", "pods", name)));
        if (!uid.equals(pod.uid())) {
            throw forbidden(
                    attempt,
                    "the UID in the bound object reference (" + uid + ") does not match the UID in record. The object"
                            + " might have been deleted and then recreated");
        }
        return pod;
    }

    /** No audience is the API's own, in a volume as in a request. */
    private static boolean isNamed(ApiObject pod, String audience) {
        for (JsonNode volume : pod.tree().path("spec").path("volumes")) {
            for (JsonNode source : volume.path("projected").path("sources")) {
                JsonNode token = source.path("serviceAccountToken");
                if (token.isObject() && token.path("audience").asText("").equals(audience)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isGranted(Attempt attempt, String audience) {
        Decision decision = authorizer.authorize(
                ResourceAttributes.of(attempt.user(), VERB, attempt.namespace(), "", audience, "", attempt.name()));
        if (decision instanceof Decision.Elsewhere elsewhere) {
            decision = elsewhere.ask().get();
        }
        return decision instanceof Decision.Allow;
    }
}
