package dev.muster.apiserver.controllers.rootca;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.Duration;
import java.util.Optional;

/** Keeps {@code kube-root-ca.crt} in every active namespace. Keys begin with the namespace's name. */
public final class RootCaPublisher implements Reconciler {

    private static final String NAME = "kube-root-ca.crt";
    private static final String ENTRY = "ca.crt";

    private final ObjectAccess access;
    private final ResourceType namespaces;
    private final ResourceType configMaps;
    private final String caPem;

    public RootCaPublisher(ObjectAccess access, Kinds kinds, String caPem) {
        this.access = access;
        this.namespaces = kinds.byResource("", "v1", "namespaces").orElseThrow();
        this.configMaps = kinds.byResource("", "v1", "configmaps").orElseThrow();
        this.caPem = caPem;
    }

    @Override
    public Optional<Duration> reconcile(String key) {
        int slash = key.indexOf('/');
        String namespace = slash < 0 ? key : key.substring(0, slash);
        boolean alive = access.get(namespaces, "", namespace)
                .filter(found -> !found.isBeingDeleted())
                .isPresent();
        if (!alive) {
            return Optional.empty();
        }
        var wanted = JsonNodeFactory.instance.objectNode().put(ENTRY, caPem);
        var found = access.get(configMaps, namespace, NAME);
        try {
            if (found.isEmpty()) {
                var tree = JsonNodeFactory.instance.objectNode();
                tree.put("kind", "ConfigMap").put("apiVersion", "v1");
                tree.putObject("metadata").put("name", NAME).put("namespace", namespace);
                tree.set("data", wanted);
                access.create(configMaps, ApiObject.of(tree));
            } else if (!found.get().tree().path("data").equals(wanted)) {
                ObjectNode tree = found.get().copyTree();
                tree.set("data", wanted);
                access.update(configMaps, "", ApiObject.of(tree));
            }
        } catch (StatusException e) {
            // 409: it has changed, and we hear of that; 403 and 404: the namespace has begun to go.
            if (e.status().code() < 403 || e.status().code() > 409) {
                throw e;
            }
        }
        return Optional.empty();
    }
}
