package dev.muster.apiserver.controllers.revocations;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Deletes each Revocation once what it names has expired: {@code spec.expiresAt}. Keeps nothing in memory itself. */
public final class RevocationExpiry implements Reconciler {

    /** Clocks of peers differ; what is refused a little longer hurts nobody. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofHours(1);

    private final ObjectAccess access;
    private final ResourceType revocations;
    private final InstantSource clock;

    public RevocationExpiry(ObjectAccess access, ResourceType revocations, InstantSource clock) {
        this.access = access;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    public Optional<Duration> reconcile(String name) {
        var found = access.get(revocations, "", name);
        var end = found.flatMap(RevocationExpiry::end);
        if (end.isEmpty()) {
            return Optional.empty();
        }
        var left = Duration.between(clock.instant(), end.get().plus(GRACE));
        if (!left.isNegative()) {
            return Optional.of(left.compareTo(LONGEST) < 0 ? left.plusMillis(1) : LONGEST);
        }
        try {
            access.delete(revocations, "", name, Optional.of(found.get().uid()));
        } catch (StatusException e) {
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> end(ApiObject revocation) {
        String text = revocation.tree().path("spec").path("expiresAt").asText("");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
