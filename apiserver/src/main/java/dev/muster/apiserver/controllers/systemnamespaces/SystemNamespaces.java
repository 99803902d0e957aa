package dev.muster.apiserver.controllers.systemnamespaces;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sees to it that the system's namespaces exist. */
public final class SystemNamespaces implements Reconciler {

    public static final List<String> NAMES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final ObjectAccess access;
    private final ResourceType namespaces;

    public SystemNamespaces(ObjectAccess access, Kinds kinds) {
        this.access = access;
        this.namespaces = kinds.byResource("", "v1", "namespaces").orElseThrow();
    }

    /** Makes those that are missing, now. */
    public void ensure() {
        NAMES.forEach(this::reconcile);
    }

    @Override
    public Optional<Duration> reconcile(String name) {
        if (NAMES.contains(name) && access.get(namespaces, "", name).isEmpty()) {
            var tree = JsonNodeFactory.instance.objectNode();
            tree.put("kind", "Namespace").put("apiVersion", "v1");
            tree.putObject("metadata").put("name", name);
            try {
                access.create(namespaces, ApiObject.of(tree));
            } catch (StatusException e) {
                if (e.status().code() != 409) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }
}
