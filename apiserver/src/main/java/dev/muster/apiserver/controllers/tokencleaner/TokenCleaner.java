package dev.muster.apiserver.controllers.tokencleaner;

import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Looks at one Secret of kube-system, and deletes it when it is a bootstrap token that is over. */
public final class TokenCleaner implements Reconciler {

    /** Nobody needs to be told the day; and clocks jump. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ObjectAccess access;
    private final ResourceType secrets;
    private final InstantSource clock;

    public TokenCleaner(ObjectAccess access, Kinds kinds, InstantSource clock) {
        this.access = access;
        this.secrets = kinds.byResource("", "v1", "secrets").orElseThrow();
        this.clock = clock;
    }

    /** @param name of the Secret */
    @Override
    public Optional<Duration> reconcile(String name) {
        var secret = access.get(secrets, BootstrapToken.NAMESPACE, name).filter(s -> !s.isBeingDeleted());
        var left = secret.flatMap(BootstrapToken::of).flatMap(token -> token.remaining(clock.instant()));
        if (left.isEmpty()) {
            return Optional.empty();
        }
        if (left.get().isPositive()) {
            return left.map(l -> l.compareTo(LONGEST) < 0 ? l : LONGEST);
        }
        delete(secret.get());
        return Optional.empty();
    }

    private void delete(ApiObject secret) {
        try {
            access.delete(secrets, secret.namespace(), secret.name(), Optional.of(secret.uid()));
        } catch (StatusException e) {
            // 404: gone already; 409: another one of that name, and it has been named to us too.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }
}
