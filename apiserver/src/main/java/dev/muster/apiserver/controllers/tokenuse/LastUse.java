package dev.muster.apiserver.controllers.tokenuse;

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
import java.time.ZoneOffset;
import java.util.Optional;

/** Labels a secret with the day (UTC) on which its token was used. Keys are namespace and name of the secret. */
public final class LastUse implements Reconciler {

    private static final String LABEL = "kubernetes.io/legacy-token-last-used";

    private final ObjectAccess access;
    private final ResourceType secrets;
    private final InstantSource clock;

    public LastUse(ObjectAccess access, Kinds kinds, InstantSource clock) {
        this.access = access;
        this.secrets = kinds.byResource("", "v1", "secrets").orElseThrow();
        this.clock = clock;
    }

    @Override
    public Optional<Duration> reconcile(String key) {
        int slash = key.indexOf('/');
        access.get(secrets, key.substring(0, slash), key.substring(slash + 1)).ifPresent(this::label);
        return Optional.empty();
    }

    private void label(ApiObject secret) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String known = secret.labels().getOrDefault(LABEL, "");
        // Tomorrow: another replica whose clock is ahead.
        if (known.equals(today.toString()) || known.equals(today.plusDays(1).toString())) {
            return;
        }
        ObjectNode tree = secret.copyTree();
        tree.withObjectProperty("metadata").withObjectProperty("labels").put(LABEL, today.toString());
        try {
            access.update(secrets, "", ApiObject.of(tree));
        } catch (StatusException e) {
            // 404: gone; 409: it has changed: the next use tells again.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }
}
