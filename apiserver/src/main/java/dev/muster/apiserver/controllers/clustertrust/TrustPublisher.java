package dev.muster.apiserver.controllers.clustertrust;

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
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the ConfigMap. Keys are names of ConfigMaps in its namespace. */
public final class TrustPublisher implements Reconciler {

    public static final String NAMESPACE = "kube-system";
    public static final String NAME = "extension-apiserver-authentication";

    /** Bundles are files, and are read again when they change. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final ObjectAccess access;
    private final ResourceType type;
    private final Supplier<ClusterTrust> own;
    private final InstantSource clock;

    /** @param own what this server believes now */
    public TrustPublisher(ObjectAccess access, Kinds kinds, Supplier<ClusterTrust> own, InstantSource clock) {
        this.access = access;
        this.type = kinds.byResource("", "v1", "configmaps").orElseThrow();
        this.own = own;
        this.clock = clock;
    }

    @Override
    public Optional<Duration> reconcile(String key) {
        if (!key.equals(NAME)) {
            return Optional.empty();
        }
        var found = access.get(type, NAMESPACE, NAME);
        var data = found.map(object -> object.tree().path("data")).orElse(JsonNodeFactory.instance.objectNode());
        ObjectNode wanted =
                ClusterTrust.read(data).with(own.get(), clock.instant()).write();
        try {
            if (found.isEmpty()) {
                access.create(type, ApiObject.of(fresh(wanted)));
            } else if (!data.equals(wanted)) {
                ObjectNode tree = found.get().copyTree();
                tree.set("data", wanted);
                access.update(type, "", ApiObject.of(tree));
            }
        } catch (StatusException e) {
            if (e.status().code() == 413 || e.status().code() == 422) {
                // Grown too large with what others have added: to begin anew loses nothing that still counts.
                access.delete(type, NAMESPACE, NAME, Optional.empty());
            }
            if (e.status().code() != 409) {
                throw e;
            }
        }
        return Optional.of(AGAIN);
    }

    private static ObjectNode fresh(ObjectNode data) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", "ConfigMap").put("apiVersion", "v1");
        tree.putObject("metadata").put("name", NAME).put("namespace", NAMESPACE);
        tree.set("data", data);
        return tree;
    }
}
