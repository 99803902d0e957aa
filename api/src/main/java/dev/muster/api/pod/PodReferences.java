package dev.muster.api.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of what a pod refers to, all of the pod's own namespace.
 *
 * @param account empty when it runs as none
 * @param secrets of volumes of every driver, environments and image pulls
 * @param configMaps of volumes and environments
 * @param volumeClaims those it names and those made for its ephemeral volumes
 * @param resourceClaims those it names and those made for its templates, as far as the status tells
 */
public record PodReferences(
        String account,
        Set<String> secrets,
        Set<String> configMaps,
        Set<String> volumeClaims,
        Set<String> resourceClaims) {

    /** All kinds of containers a pod can have. */
    public static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    /** Drivers that hold the reference to their secret in {@code secretRef}. */
    private static final List<String> DRIVERS =
            List.of("cephfs", "cinder", "flexVolume", "iscsi", "rbd", "scaleIO", "storageos");

    public static PodReferences of(ApiObject pod) {
        var found = new PodReferences(
                pod.tree().path("spec").path("serviceAccountName").asText(""),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
        JsonNode spec = pod.tree().path("spec");
        spec.path("imagePullSecrets").forEach(pull -> add(found.secrets, pull.path("name")));
        for (String kind : CONTAINERS) {
            spec.path(kind).forEach(found::environment);
        }
        for (JsonNode volume : spec.path("volumes")) {
            found.volume(volume);
            if (volume.path("ephemeral").isObject()) {
                found.volumeClaims.add(pod.name() + "-" + volume.path("name").asText(""));
            }
        }
        found.claims(spec, pod.tree().path("status"));
        return found;
    }

    private void environment(JsonNode container) {
        for (JsonNode all : container.path("envFrom")) {
            add(secrets, all.path("secretRef").path("name"));
            add(configMaps, all.path("configMapRef").path("name"));
        }
        for (JsonNode variable : container.path("env")) {
            JsonNode from = variable.path("valueFrom");
            add(secrets, from.path("secretKeyRef").path("name"));
            add(configMaps, from.path("configMapKeyRef").path("name"));
        }
    }

    private void volume(JsonNode volume) {
        add(secrets, volume.path("secret").path("secretName"));
        add(secrets, volume.path("azureFile").path("secretName"));
        add(secrets, volume.path("csi").path("nodePublishSecretRef").path("name"));
        for (String driver : DRIVERS) {
            add(secrets, volume.path(driver).path("secretRef").path("name"));
        }
        add(configMaps, volume.path("configMap").path("name"));
        for (JsonNode source : volume.path("projected").path("sources")) {
            add(secrets, source.path("secret").path("name"));
            add(configMaps, source.path("configMap").path("name"));
        }
        add(volumeClaims, volume.path("persistentVolumeClaim").path("claimName"));
    }

    private void claims(JsonNode spec, JsonNode status) {
        for (JsonNode claim : spec.path("resourceClaims")) {
            add(resourceClaims, claim.path("resourceClaimName"));
            if (claim.hasNonNull("resourceClaimTemplateName")) {
                for (JsonNode made : status.path("resourceClaimStatuses")) {
                    if (made.path("name").equals(claim.path("name"))) {
                        add(resourceClaims, made.path("resourceClaimName"));
                    }
                }
            }
        }
        add(resourceClaims, status.path("extendedResourceClaimStatus").path("resourceClaimName"));
    }

    private static void add(Set<String> names, JsonNode name) {
        if (name.isTextual() && !name.textValue().isEmpty()) {
            names.add(name.textValue());
        }
    }
}
