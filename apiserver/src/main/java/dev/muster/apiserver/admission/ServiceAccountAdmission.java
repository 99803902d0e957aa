package dev.muster.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * Every pod runs as a service account that exists, and finds that account's token where in-cluster clients look.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#serviceaccount">ServiceAccount</a>
 */
public final class ServiceAccountAdmission implements Admission {

    private static final String DEFAULT = "default";
    private static final String MIRROR = "kubernetes.io/config.mirror";

    /** A new namespace gets its default account within milliseconds: who is quicker waits for it. */
    private static final int TRIES = 10;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final BiFunction<String, String, Optional<ApiObject>> accounts;
    private final RandomGenerator random;

    /** @param accounts an account by namespace and name, as it is now */
    public ServiceAccountAdmission(BiFunction<String, String, Optional<ApiObject>> accounts, RandomGenerator random) {
        this.accounts = accounts;
        this.random = random;
    }

    @Override
    public void mutate(Attempt attempt, ObjectNode pod) {
        if (!isNewPod(attempt) || isMirror(attempt)) {
            return;
        }
        ObjectNode spec = pod.withObjectProperty("spec");
        if (spec.path("serviceAccountName").asText("").isEmpty()) {
            spec.put("serviceAccountName", DEFAULT).put("serviceAccount", DEFAULT);
        }
        ApiObject account = accountOf(attempt, spec);
        if (isMounted(spec, account)) {
            AccountVolume.mount(spec, random);
        }
        if (spec.path("imagePullSecrets").isEmpty()
                && !account.tree().path("imagePullSecrets").isEmpty()) {
            spec.set("imagePullSecrets", account.tree().path("imagePullSecrets").deepCopy());
        }
    }

    @Override
    public void admit(Attempt attempt) {
        if (!isNewPod(attempt)) {
            return;
        }
        JsonNode spec = attempt.object().orElseThrow().tree().path("spec");
        if (isMirror(attempt)) {
            refuseReferences(attempt, spec);
            return;
        }
        MountableSecrets.refusal(spec, accountOf(attempt, spec)).ifPresent(why -> {
            throw forbidden(attempt, why);
        });
    }

    private static boolean isNewPod(Attempt attempt) {
        return attempt.operation() == Operation.CREATE
                && attempt.isCore("pods")
                && attempt.subresource().isEmpty();
    }

    /** A mirror shows what a node runs by itself: it gets nothing from the API. */
    private static boolean isMirror(Attempt attempt) {
        return attempt.object().orElseThrow().annotations().containsKey(MIRROR);
    }

    private static void refuseReferences(Attempt attempt, JsonNode spec) {
        if (!spec.path("serviceAccountName").asText("").isEmpty()) {
            throw forbidden(attempt, "a mirror pod may not reference service accounts");
        }
        for (JsonNode volume : spec.path("volumes")) {
            if (volume.has("secret")) {
                throw forbidden(attempt, "a mirror pod may not reference secrets");
            }
            if (volume.has("configMap")) {
                throw forbidden(attempt, "a mirror pod may not reference configmaps");
            }
            if (volume.has("persistentVolumeClaim")) {
                throw forbidden(attempt, "a mirror pod may not reference persistentvolumeclaims");
            }
            for (JsonNode source : volume.path("projected").path("sources")) {
                if (source.has("serviceAccountToken")) {
                    throw forbidden(attempt, "a mirror pod may not use service account token volume projections");
                }
            }
        }
    }

    private static boolean isMounted(JsonNode spec, ApiObject account) {
        JsonNode ofPod = spec.path("automountServiceAccountToken");
        JsonNode decides = ofPod.isBoolean() ? ofPod : account.tree().path("automountServiceAccountToken");
        return decides.asBoolean(true);
    }

    private ApiObject accountOf(Attempt attempt, JsonNode spec) {
        String name = spec.path("serviceAccountName").asText("");
        var found = accounts.apply(attempt.namespace(), name);
        for (int i = 0; i < TRIES && found.isEmpty() && name.equals(DEFAULT); i++) {
            pause();
            found = accounts.apply(attempt.namespace(), name);
        }
        return found.orElseThrow(() -> forbidden(
                attempt,
                "error looking up service account " + attempt.namespace() + "/" + name + ": serviceaccount "
                        + GoText.quote(name) + " not found"));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StatusException forbidden(Attempt attempt, String why) {
        return new StatusException(ForbiddenStatuses.forbidden(attempt.type(), attempt.name(), why));
    }
}
