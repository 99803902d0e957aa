package dev.muster.apiserver.controllers.namespaces;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

/** Empties a namespace that is to go, and lets go of it. */
public final class NamespaceRemoval implements Reconciler {

    /** The finalizer in spec that is this controller's. */
    private static final String OURS = "kubernetes";

    /** How long to leave alone what waits for others' finalizers. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ObjectAccess access;
    private final ResourceType namespaces;
    private final List<ResourceType> content;
    private final Function<String, Lock> removing;

    /** @param removing a lock that keeps everybody from making anything in a namespace */
    public NamespaceRemoval(ObjectAccess access, Kinds kinds, Function<String, Lock> removing) {
        this.access = access;
        this.namespaces = kinds.byResource("", "v1", "namespaces").orElseThrow();
        this.content = kinds.all().stream()
                .filter(type -> type.stored() && type.namespaced())
                .toList();
        this.removing = removing;
    }

    @Override
    public Optional<Duration> reconcile(String name) {
        if (!isOurs(name)) {
            return Optional.empty();
        }
        content.forEach(type -> access.list(type, name).forEach(object -> delete(type, object)));
        var alone = removing.apply(name);
        alone.lock();
        try {
            boolean empty =
                    content.stream().allMatch(type -> access.list(type, name).isEmpty());
            if (empty) {
                access.get(namespaces, "", name).ifPresent(this::release);
            }
            return empty ? Optional.empty() : Optional.of(PAUSE);
        } finally {
            alone.unlock();
        }
    }

    private boolean isOurs(String name) {
        var namespace = access.get(namespaces, "", name);
        if (namespace.isEmpty() || !namespace.get().isBeingDeleted()) {
            return false;
        }
        for (var finalizer : namespace.get().tree().path("spec").path("finalizers")) {
            if (finalizer.asText().equals(OURS)) {
                return true;
            }
        }
        return false;
    }

    private void delete(ResourceType type, ApiObject object) {
        try {
            access.delete(type, object.namespace(), object.name(), Optional.of(object.uid()));
        } catch (StatusException e) {
            // 404: gone already; 409: somebody was quicker, and the next look will tell.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }

    private void release(ApiObject namespace) {
        var tree = namespace.copyTree();
        var spec = tree.withObjectProperty("spec");
        var others = spec.arrayNode();
        spec.path("finalizers").forEach(f -> addUnlessOurs(others, f.asText()));
        spec.set("finalizers", others);
        access.update(namespaces, "finalize", ApiObject.of(tree));
    }

    private static void addUnlessOurs(ArrayNode others, String finalizer) {
        if (!finalizer.equals(OURS)) {
            others.add(finalizer);
        }
    }
}
