package dev.muster.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.GoText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a pod may use of secrets where its account says {@code kubernetes.io/enforce-mountable-secrets: "true"}: those that the
 * account lists. Every way to a secret counts: volumes, projected ones too, single variables and whole environments, of containers
 * of every kind (CVE-2023-2728, CVE-2024-3177).
 */
final class MountableSecrets {

    private static final String ENFORCED = "kubernetes.io/enforce-mountable-secrets";

    private MountableSecrets() {}

    /** Why the pod may not be; empty if it may. */
    static Optional<String> refusal(JsonNode spec, ApiObject account) {
        if (!account.annotations().getOrDefault(ENFORCED, "").equals("true")) {
            return Optional.empty();
        }
        String because = " is not allowed because service account " + account.name() + " does not reference that ";
        var mountable = names(account.tree().path("secrets"));
        for (JsonNode volume : spec.path("volumes")) {
            var found = firstOutside(mountable, volume.path("secret").path("secretName"));
            for (JsonNode source : volume.path("projected").path("sources")) {
                found = found.or(
                        () -> firstOutside(mountable, source.path("secret").path("name")));
            }
            if (found.isPresent()) {
                return Optional.of("volume with secret.secretName=" + GoText.quote(found.get()) + because + "secret");
            }
        }
        for (String kind : List.of("initContainers", "containers", "ephemeralContainers")) {
            for (JsonNode container : spec.path(kind)) {
                var found = environment(container, mountable);
                if (found.isPresent()) {
                    return Optional.of("container " + container.path("name").asText("") + " with an environment from"
                            + " secret.secretName=" + GoText.quote(found.get()) + because + "secret");
                }
            }
        }
        var pullable = names(account.tree().path("imagePullSecrets"));
        for (JsonNode pull : spec.path("imagePullSecrets")) {
            var found = firstOutside(pullable, pull.path("name"));
            if (found.isPresent()) {
                return Optional.of("imagePullSecrets name=" + GoText.quote(found.get()) + because + "imagePullSecret");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> environment(JsonNode container, Set<String> mountable) {
        for (JsonNode variable : container.path("env")) {
            var found = firstOutside(
                    mountable, variable.path("valueFrom").path("secretKeyRef").path("name"));
            if (found.isPresent()) {
                return found;
            }
        }
        for (JsonNode all : container.path("envFrom")) {
            var found = firstOutside(mountable, all.path("secretRef").path("name"));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> firstOutside(Set<String> allowed, JsonNode name) {
        return Optional.of(name.asText("")).filter(text -> !text.isEmpty() && !allowed.contains(text));
    }

    private static Set<String> names(JsonNode references) {
        var names = new HashSet<String>();
        references.forEach(reference -> names.add(reference.path("name").asText("")));
        return names;
    }
}
