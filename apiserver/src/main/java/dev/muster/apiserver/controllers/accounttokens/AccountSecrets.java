package dev.muster.apiserver.controllers.accounttokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Follows accounts: names their secrets to who settles those, and, where that is wanted, makes one. Keys are namespace and name. */
public final class AccountSecrets implements Reconciler {

    private final ObjectAccess access;
    private final ResourceType secrets;
    private final ResourceType accounts;
    private final Consumer<String> settle;
    private final boolean automatic;

    /**
     * @param settle is told the key of each secret that an account's change concerns
     * @param automatic whether every account gets a secret, as before Kubernetes 1.24
     */
    public AccountSecrets(ObjectAccess access, Kinds kinds, Consumer<String> settle, boolean automatic) {
        this.access = access;
        this.secrets = kinds.byResource("", "v1", "secrets").orElseThrow();
        this.accounts = kinds.byResource("", "v1", "serviceaccounts").orElseThrow();
        this.settle = settle;
        this.automatic = automatic;
    }

    @Override
    public Optional<Duration> reconcile(String key) {
        int slash = key.indexOf('/');
        String namespace = key.substring(0, slash);
        String name = key.substring(slash + 1);
        var own = access.list(secrets, namespace).stream()
                .filter(TokenSecrets::holdsToken)
                .filter(secret -> secret.annotations()
                        .getOrDefault(TokenSecrets.ACCOUNT_NAME, "")
                        .equals(name))
                .toList();
        own.forEach(secret -> settle.accept(namespace + "/" + secret.name()));
        access.get(accounts, namespace, name)
                .filter(account -> !account.isBeingDeleted())
                .ifPresent(account -> list(account, own));
        return Optional.empty();
    }

    /** Drops references to secrets that are gone, and sees to the one that is made by itself. */
    private void list(ApiObject account, List<ApiObject> own) {
        var there = new HashSet<String>();
        own.forEach(secret -> there.add(secret.name()));
        ObjectNode tree = account.copyTree();
        var kept = tree.arrayNode();
        var listed = new HashSet<String>();
        for (JsonNode reference : account.tree().path("secrets")) {
            String name = reference.path("name").asText("");
            if (there.contains(name) || !isGone(account, name)) {
                kept.add(reference.deepCopy());
                listed.add(name);
            }
        }
        if (automatic && listed.stream().noneMatch(there::contains)) {
            kept.addObject().put("name", adopted(account, own, listed).orElseGet(() -> make(account)));
        }
        if (kept.isEmpty()) {
            tree.remove("secrets");
        } else {
            tree.set("secrets", kept);
        }
        if (!tree.equals(account.tree())) {
            update(tree);
        }
    }

    /** Only token secrets of ours are dropped when they go; others may be listed before they are made. */
    private boolean isGone(ApiObject account, String secret) {
        return secret.matches(generated(account))
                && access.get(secrets, account.namespace(), secret).isEmpty();
    }

    /** One that was made before the process died, and could not be listed any more. */
    private static Optional<String> adopted(ApiObject account, List<ApiObject> own, Set<String> listed) {
        return own.stream()
                .filter(secret -> secret.annotations()
                        .getOrDefault(TokenSecrets.ACCOUNT_UID, "")
                        .equals(account.uid()))
                .map(ApiObject::name)
                .filter(name -> name.matches(generated(account)) && !listed.contains(name))
                .findFirst();
    }

    private static String generated(ApiObject account) {
        return java.util.regex.Pattern.quote(account.name()) + "-token-[a-z0-9]{5}";
    }

    private String make(ApiObject account) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", "Secret").put("apiVersion", "v1").put("type", TokenSecrets.TYPE);
        var metadata = tree.putObject("metadata")
                .put("generateName", account.name() + "-token-")
                .put("namespace", account.namespace());
        metadata.putObject("annotations")
                .put(TokenSecrets.ACCOUNT_NAME, account.name())
                .put(TokenSecrets.ACCOUNT_UID, account.uid());
        return access.create(secrets, ApiObject.of(tree)).name();
    }

    private void update(ObjectNode tree) {
        try {
            access.update(accounts, "", ApiObject.of(tree));
        } catch (StatusException e) {
            // 404: gone already; 409: it has changed, and we hear of that.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }
}
