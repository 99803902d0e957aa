package dev.muster.apiserver.controllers.accesstokens;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down when a token was used, and deletes it a minute after its end. Keys are names. */
public final class Upkeep implements Reconciler {

    /** So that who uses it a moment too late is told that it ended, and not that it never was. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofHours(1);

    private final ObjectAccess access;
    private final ResourceType tokens;
    private final InstantSource clock;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    public Upkeep(ObjectAccess access, ResourceType tokens, InstantSource clock) {
        this.access = access;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The token was used now; to be followed by {@link #reconcile}. Only tokens that are there are told of. */
    public void used(String name) {
        used.put(name, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public Optional<Duration> reconcile(String name) {
        var use = used.remove(name);
        var found = access.get(tokens, "", name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try {
            var left = left(found.get());
            if (left.isNegative()) {
                access.delete(tokens, "", name, Optional.of(found.get().uid()));
                return Optional.empty();
            }
            if (use != null) {
                var tree = found.get().copyTree();
                tree.withObjectProperty("status").put("lastUsedTime", use.toString());
                access.update(tokens, "status", ApiObject.of(tree));
            }
            return Optional.of(left.compareTo(LONGEST) < 0 ? left.plusMillis(1) : LONGEST);
        } catch (StatusException e) {
            // 404: gone; 409: it has changed: the next use tells again.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** One without an end lets nobody in, so it need not stay. */
    private Duration left(ApiObject token) {
        try {
            var end = Instant.parse(
                    token.tree().path("status").path("expirationTimestamp").asText(""));
            return Duration.between(clock.instant(), end.plus(GRACE));
        } catch (DateTimeException e) {
            return Duration.ofSeconds(-1);
        }
    }
}
