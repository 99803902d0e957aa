package dev.muster.apiserver.controllers.legacytokens;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;

/** Keeps the day since when use of tokens in secrets is noted, in a config map. Its key is {@link #KEY}; others are passed over. */
public final class UseTracking implements Reconciler {

    public static final String NAMESPACE = "kube-system";
    public static final String NAME = "kube-apiserver-legacy-service-account-token-tracking";
    public static final String KEY = NAMESPACE + "/" + NAME;

    private static final String SINCE = "since";

    private final ObjectAccess access;
    private final ResourceType configMaps;
    private final InstantSource clock;

    public UseTracking(ObjectAccess access, Kinds kinds, InstantSource clock) {
        this.access = access;
        this.configMaps = kinds.byResource("", "v1", "configmaps").orElseThrow();
        this.clock = clock;
    }

    @Override
    public Optional<Duration> reconcile(String key) {
        if (key.equals(KEY)) {
            try {
                keep();
            } catch (StatusException e) {
                // 409: somebody was quicker, and we hear of that; 404: it is gone again, and we hear of that too.
                if (e.status().code() != 404 && e.status().code() != 409) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private void keep() {
        var found = access.get(configMaps, NAMESPACE, NAME);
        if (found.isPresent() && since(found.get()).isPresent()) {
            return;
        }
        ObjectNode tree = found.map(ApiObject::copyTree).orElseGet(() -> {
            var fresh = JsonNodeFactory.instance
                    .objectNode()
                    .put("kind", "ConfigMap")
                    .put("apiVersion", "v1");
            fresh.putObject("metadata").put("name", NAME).put("namespace", NAMESPACE);
            return fresh;
        });
        tree.withObjectProperty("data").put(SINCE, Days.of(clock.instant()).toString());
        if (found.isPresent()) {
            access.update(configMaps, "", ApiObject.of(tree));
        } else {
            access.create(configMaps, ApiObject.of(tree));
        }
    }

    /** Empty when the day is not there or is none. */
    static Optional<LocalDate> since(ApiObject configMap) {
        return Days.read(configMap.tree().path("data").path(SINCE).asText(""));
    }
}
