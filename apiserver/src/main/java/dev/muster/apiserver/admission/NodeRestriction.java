package dev.muster.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.certificates.SignerNames;
import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.core.access.Authorizer;
import dev.muster.core.identity.NodeIdentity;
import dev.muster.crypto.x509.MalformedPem;
import java.util.Set;
import java.util.TreeSet;

/**
 * Nodes write what is theirs: their own Node, the mirrors and the status of their pods, tokens bound to those, requests for their
 * own certificates. What a node may do at all the authorizer has said; this sees the objects.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction">NodeRestriction</a>
 */
final class NodeRestriction implements Admission {

    private static final String NODE_LEASES = "kube-node-lease";

    private final PodsOfNode pods;
    private final TokensOfNode tokens;

    /** @param authorizer says which audiences nodes may ask for that no pod names */
    NodeRestriction(CoreObjects objects, Authorizer authorizer) {
        this.pods = new PodsOfNode(objects);
        this.tokens = new TokensOfNode(objects, authorizer);
    }

    @Override
    public void admit(Attempt attempt) {
        var identity = NodeIdentity.of(attempt.user());
        if (identity.isEmpty()) {
            return;
        }
        String node = identity.get().name();
        if (!identity.get().isKnown()) {
            throw forbidden(
                    attempt,
                    "could not determine node from user "
                            + GoText.quote(attempt.user().name()));
        }
        switch (attempt.type().qualifiedName()) {
            case "pods" -> pods.admit(node, attempt);
            case "nodes" -> admitNode(node, attempt);
            case "serviceaccounts" -> tokens.admit(node, attempt);
            case SigningRequest.RESOURCE -> admitRequest(node, attempt);
            case "leases.coordination.k8s.io" -> admitLease(node, attempt);
            case "csinodes.storage.k8s.io" -> {
                if (!attempt.name().equals(node)) {
                    throw forbidden(attempt, "can only access CSINode with the same name as the requesting node");
                }
            }
            default -> {}
        }
    }

    private static void admitNode(String node, Attempt attempt) {
        if (!attempt.name().equals(node)) {
            throw forbidden(
                    attempt,
                    "node " + GoText.quote(node) + " is not allowed to modify node " + GoText.quote(attempt.name()));
        }
        switch (attempt.operation()) {
            case CREATE -> admitNewNode(node, attempt, attempt.object().orElseThrow());
            case UPDATE ->
                admitChangedNode(
                        node,
                        attempt,
                        attempt.object().orElseThrow(),
                        attempt.old().orElseThrow());
            case DELETE -> {}
        }
    }

    private static void admitNewNode(String node, Attempt attempt, ApiObject object) {
        if (!object.tree().path("spec").path("configSource").isEmpty()) {
            throw forbidden(
                    attempt,
                    "node " + GoText.quote(node) + " is not allowed to create pods with a non-nil configSource");
        }
        Set<String> labels = NodeLabels.forbidden(new TreeSet<>(object.labels().keySet()));
        if (!labels.isEmpty()) {
            throw forbidden(
                    attempt,
                    "node " + GoText.quote(node) + " is not allowed to set the following labels: "
                            + String.join(", ", labels));
        }
    }

    private static void admitChangedNode(String node, Attempt attempt, ApiObject object, ApiObject old) {
        JsonNode source = object.tree().path("spec").path("configSource");
        if (!source.isEmpty() && !source.equals(old.tree().path("spec").path("configSource"))) {
            throw forbidden(
                    attempt,
                    "node " + GoText.quote(node) + " is not allowed to update configSource to a new non-nil"
                            + " configSource");
        }
        if (differ(
                object.tree().path("spec").path("taints"),
                old.tree().path("spec").path("taints"))) {
            throw forbidden(attempt, "node " + GoText.quote(node) + " is not allowed to modify taints");
        }
        // Whoever owns the node takes it along when deleted, taints and all (CVE-2025-5187).
        if (differ(object.metadata().path("ownerReferences"), old.metadata().path("ownerReferences"))) {
            throw forbidden(attempt, "node " + GoText.quote(node) + " is not allowed to modify ownerReferences");
        }
        Set<String> labels = NodeLabels.forbidden(NodeLabels.changed(object.labels(), old.labels()));
        if (!labels.isEmpty()) {
            throw forbidden(attempt, "is not allowed to modify labels: " + String.join(", ", labels));
        }
    }

    private static void admitLease(String node, Attempt attempt) {
        if (!attempt.namespace().equals(NODE_LEASES)) {
            throw forbidden(
                    attempt, "can only access leases in the " + GoText.quote(NODE_LEASES) + " system namespace");
        }
        if (!attempt.name().equals(node)) {
            throw forbidden(attempt, "can only access node lease with the same name as the requesting node");
        }
    }

    private static void admitRequest(String node, Attempt attempt) {
        if (attempt.operation() != Operation.CREATE) {
            return;
        }
        var request = new SigningRequest(attempt.object().orElseThrow());
        if (!Set.of(SignerNames.KUBELET_CLIENT, SignerNames.KUBELET_SERVING).contains(request.signerName())) {
            return;
        }
        String expected = NodeIdentity.PREFIX + node;
        try {
            // Its signature is checked when it is stored.
            if (request.parseStored().commonName().equals(expected)) {
                return;
            }
        } catch (MalformedPem e) {
            throw forbidden(attempt, "unable to parse csr: " + e.getMessage());
        }
        throw forbidden(attempt, "can only create a node CSR with CN=" + expected);
    }

    /** No list and an empty one are the same. */
    static boolean differ(JsonNode one, JsonNode other) {
        return !(one.isEmpty() && other.isEmpty()) && !one.equals(other);
    }

    static StatusException forbidden(Attempt attempt, String why) {
        return new StatusException(ForbiddenStatuses.forbidden(attempt.type(), attempt.name(), why));
    }
}
