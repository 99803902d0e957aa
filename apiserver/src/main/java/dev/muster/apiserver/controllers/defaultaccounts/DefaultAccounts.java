package dev.muster.apiserver.controllers.defaultaccounts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.Duration;
import java.util.Optional;

/** Sees to it that every active namespace has the account {@code default}. Keys begin with the namespace's name. */
public final class DefaultAccounts implements Reconciler {

    private static final String NAME = "default";

    private final ObjectAccess access;
    private final ResourceType namespaces;
    private final ResourceType accounts;

    public DefaultAccounts(ObjectAccess access, Kinds kinds) {
        this.access = access;
        this.namespaces = kinds.byResource("", "v1", "namespaces").orElseThrow();
        this.accounts = kinds.byResource("", "v1", "serviceaccounts").orElseThrow();
    }

    @Override
    public Optional<Duration> reconcile(String key) {
        int slash = key.indexOf('/');
        String namespace = slash < 0 ? key : key.substring(0, slash);
        boolean alive = access.get(namespaces, "", namespace)
                .filter(found -> !found.isBeingDeleted())
                .isPresent();
        if (alive && access.get(accounts, namespace, NAME).isEmpty()) {
            var tree = JsonNodeFactory.instance.objectNode();
            tree.put("kind", "ServiceAccount").put("apiVersion", "v1");
            tree.putObject("metadata").put("name", NAME).put("namespace", namespace);
            try {
                access.create(accounts, ApiObject.of(tree));
            } catch (StatusException e) {
                // 409: somebody was quicker; 403 and 404: the namespace has begun to go.
                if (e.status().code() < 403 || e.status().code() > 409) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }
}
