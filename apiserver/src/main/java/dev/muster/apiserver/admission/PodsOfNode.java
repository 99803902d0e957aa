package dev.muster.apiserver.admission;

import static dev.muster.apiserver.admission.NodeRestriction.forbidden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.api.meta.Statuses;
import dev.muster.api.pod.PodReferences;
import dev.muster.apiserver.admission.Admission.Attempt;
import dev.muster.apiserver.admission.Admission.Operation;
import java.util.List;
import java.util.Optional;

/** What a node may do to pods: mirror its own, report on those bound to it, remove those. */
final class PodsOfNode {

    private static final String MIRROR = "kubernetes.io/config.mirror";

    /** Sources of volumes that lead to an object of the API, and what {@link #reference} calls it. */
    private static final List<List<String>> LEADING = List.of(
            List.of("configMap", "configmaps (via configmap volumes)"),
            List.of("secret", "secrets (via secret volumes)"),
            List.of("csi", "csidrivers (via CSI volumes)"),
            List.of("glusterfs", "endpoints (via glusterFS volumes)"),
            List.of("persistentVolumeClaim", "persistentvolumeclaims"),
            List.of("ephemeral", "persistentvolumeclaims (via ephemeral volumes)"),
            List.of("azureFile", "secrets (via azureFile volumes)"));

    private static final List<List<String>> LEADING_PROJECTED = List.of(
            List.of("configMap", "configmaps (via projected volumes)"),
            List.of("secret", "secrets (via projected volumes)"),
            List.of("serviceAccountToken", "serviceaccounts (via projected volumes)"),
            List.of("clusterTrustBundle", "clustertrustbundles"),
            List.of("podCertificate", "podcertificates"));

    private final CoreObjects objects;

    PodsOfNode(CoreObjects objects) {
        this.objects = objects;
    }

    void admit(String node, Attempt attempt) {
        switch (attempt.subresource()) {
            case "" -> admitPod(node, attempt);
            case "status" -> admitStatus(node, attempt);
            default ->
                throw forbidden(
                        attempt,
                        "unexpected pod subresource " + GoText.quote(attempt.subresource())
                                + ", only 'status' and 'eviction' are allowed");
        }
    }

    private void admitPod(String node, Attempt attempt) {
        switch (attempt.operation()) {
            case CREATE -> admitNew(node, attempt, attempt.object().orElseThrow());
            case DELETE -> {
                if (!isOn(node, attempt.old().orElseThrow())) {
                    throw forbidden(
                            attempt,
                            "node " + GoText.quote(node) + " can only delete pods with spec.nodeName set to itself");
                }
            }
            case UPDATE ->
                throw forbidden(
                        attempt,
                        "unexpected operation \"UPDATE\", node " + GoText.quote(node)
                                + " can only create and delete mirror pods");
        }
    }

    private void admitNew(String node, Attempt attempt, ApiObject pod) {
        String who = "node " + GoText.quote(node);
        if (!pod.annotations().containsKey(MIRROR)) {
            throw forbidden(
                    attempt,
                    "pod does not have " + GoText.quote(MIRROR) + " annotation, " + who
                            + " can only create mirror pods");
        }
        if (!isOn(node, pod)) {
            throw forbidden(attempt, who + " can only create pods with spec.nodeName set to itself");
        }
        admitOwner(node, attempt, pod.metadata().path("ownerReferences"));
        reference(pod).ifPresent(plural -> {
            throw forbidden(attempt, who + " can not create pods that reference " + plural);
        });
    }

    private void admitOwner(String node, Attempt attempt, JsonNode owners) {
        String who = "node " + GoText.quote(node);
        if (owners.size() > 1) {
            throw forbidden(attempt, who + " can only create pods with a single owner reference set to itself");
        }
        JsonNode owner = owners.path(0);
        if (!owner.path("apiVersion").asText("").equals("v1")
                || !owner.path("kind").asText("").equals("Node")
                || !owner.path("name").asText("").equals(node)) {
            throw forbidden(attempt, who + " can only create pods with an owner reference set to itself");
        }
        if (!owner.path("controller").asBoolean(false)) {
            throw forbidden(attempt, who + " can only create pods with a controller owner reference set to itself");
        }
        if (owner.path("blockOwnerDeletion").asBoolean(false)) {
            throw forbidden(attempt, who + " must not set blockOwnerDeletion on an owner reference");
        }
        String uid = objects.find("nodes", "", node)
                .orElseThrow(() -> new StatusException(Statuses.notFound("", "nodes", node)))
                .uid();
        String named = owner.path("uid").asText("");
        if (!named.equals(uid)) {
            throw forbidden(attempt, "node " + node + " UID mismatch: expected " + named + " got " + uid);
        }
    }

    /** What a pod refers to of the API, in words; a mirror pod may refer to nothing (CVE-2025-4563). */
    static Optional<String> reference(ApiObject pod) {
        var references = PodReferences.of(pod);
        JsonNode spec = pod.tree().path("spec");
        if (!references.account().isEmpty()) {
            return Optional.of("serviceaccounts");
        } else if (!references.secrets().isEmpty()) {
            return Optional.of("secrets");
        } else if (!references.configMaps().isEmpty()) {
            return Optional.of("configmaps");
        } else if (!spec.path("resourceClaims").isEmpty()
                || !references.resourceClaims().isEmpty()) {
            return Optional.of("resourceclaims");
        }
        for (JsonNode volume : spec.path("volumes")) {
            var found = named(volume, LEADING);
            for (JsonNode source : volume.path("projected").path("sources")) {
                found = found.or(() -> named(source, LEADING_PROJECTED));
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> named(JsonNode source, List<List<String>> leading) {
        return leading.stream()
                .filter(pair -> source.hasNonNull(pair.getFirst()))
                .map(List::getLast)
                .findFirst();
    }

    private static void admitStatus(String node, Attempt attempt) {
        if (attempt.operation() != Operation.UPDATE) {
            throw forbidden(
                    attempt,
                    "unexpected operation " + GoText.quote(attempt.operation().name()));
        }
        var old = attempt.old().orElseThrow();
        var now = attempt.object().orElseThrow();
        String who = "node " + GoText.quote(node);
        if (!isOn(node, old)) {
            throw forbidden(attempt, who + " can only update pod status for pods with spec.nodeName set to itself");
        }
        if (!old.labels().equals(now.labels())) {
            throw forbidden(attempt, who + " cannot update labels through pod status");
        }
        JsonNode before = old.tree().path("status");
        JsonNode after = now.tree().path("status");
        if (NodeRestriction.differ(before.path("resourceClaimStatuses"), after.path("resourceClaimStatuses"))) {
            throw forbidden(attempt, who + " cannot update resource claim statues");
        }
        if (NodeRestriction.differ(
                before.path("extendedResourceClaimStatus"), after.path("extendedResourceClaimStatus"))) {
            throw forbidden(attempt, who + " cannot update extended resource claim status");
        }
    }

    private static boolean isOn(String node, ApiObject pod) {
        return pod.tree().path("spec").path("nodeName").asText("").equals(node);
    }
}
