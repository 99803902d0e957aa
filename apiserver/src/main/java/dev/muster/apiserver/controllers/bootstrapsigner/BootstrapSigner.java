package dev.muster.apiserver.controllers.bootstrapsigner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.api.bootstrap.BootstrapToken.Usage;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the signatures beside the kubeconfig in {@code kube-public/cluster-info} to those that should be there. */
public final class BootstrapSigner implements Reconciler {

    public static final String NAMESPACE = "kube-public";
    public static final String NAME = "cluster-info";

    private static final String KUBECONFIG = "kubeconfig";
    private static final String SIGNATURE = "jws-kubeconfig-";
    private static final Duration SOON = Duration.ofMillis(20);

    private final ObjectAccess access;
    private final ResourceType secrets;
    private final ResourceType configMaps;
    private final InstantSource clock;

    public BootstrapSigner(ObjectAccess access, Kinds kinds, InstantSource clock) {
        this.access = access;
        this.secrets = kinds.byResource("", "v1", "secrets").orElseThrow();
        this.configMaps = kinds.byResource("", "v1", "configmaps").orElseThrow();
        this.clock = clock;
    }

    /** Signs for all tokens; the key does not matter. */
    @Override
    public Optional<Duration> reconcile(String key) {
        var info = access.get(configMaps, NAMESPACE, NAME);
        var kubeconfig = info.map(map -> map.tree().path("data").path(KUBECONFIG));
        if (kubeconfig.isEmpty() || !kubeconfig.get().isTextual() || info.get().isBeingDeleted()) {
            return Optional.empty();
        }
        var wanted = new TreeMap<String, String>();
        Optional<Duration> next = sign(kubeconfig.get().asText(), wanted);
        if (signatures(info.get()).equals(wanted) || write(info.get(), wanted)) {
            return next;
        }
        return Optional.of(SOON);
    }

    /** Collects the signatures; says when the first of their tokens is over. */
    private Optional<Duration> sign(String kubeconfig, Map<String, String> into) {
        Instant now = clock.instant();
        Optional<Duration> next = Optional.empty();
        for (ApiObject secret : access.list(secrets, BootstrapToken.NAMESPACE)) {
            var token = BootstrapToken.of(secret).filter(t -> maySign(secret, t, now));
            var signingKey = token.flatMap(BootstrapToken::signingKey);
            if (signingKey.isPresent()) {
                String id = token.get().id();
                into.put(SIGNATURE + id, DetachedJws.of(kubeconfig, id, signingKey.get()));
                var left = token.get().remaining(now);
                next = next.isEmpty() || left.isPresent() && left.get().compareTo(next.get()) < 0 ? left : next;
            }
        }
        return next;
    }

    private static boolean maySign(ApiObject secret, BootstrapToken token, Instant now) {
        return !secret.isBeingDeleted()
                && BootstrapToken.ID.matcher(token.id()).matches()
                && secret.name().equals(BootstrapToken.NAME_PREFIX + token.id())
                && token.isFor(Usage.SIGNING)
                && !token.isExpired(now);
    }

    private static Map<String, String> signatures(ApiObject info) {
        var all = new TreeMap<String, String>();
        for (Map.Entry<String, JsonNode> entry : info.tree().path("data").properties()) {
            if (entry.getKey().startsWith(SIGNATURE)) {
                all.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return all;
    }

    /** False when somebody was quicker. */
    private boolean write(ApiObject info, Map<String, String> wanted) {
        var tree = info.copyTree();
        var data = tree.withObjectProperty("data");
        signatures(info).keySet().forEach(data::remove);
        wanted.forEach(data::put);
        try {
            access.update(configMaps, "", ApiObject.of(tree));
            return true;
        } catch (StatusException e) {
            if (e.status().code() != 409 && e.status().code() != 404) {
                throw e;
            }
            return false;
        }
    }
}
