package dev.muster.apiserver.controllers.events;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Cache.Index;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Deletes each event an hour after it was last written. What was written before this process began is judged by the times in
 * the event, as far as they are not in the future.
 */
public final class EventExpiry implements Index<ApiObject>, Reconciler {

    /** Kubernetes' default of {@code --event-ttl}. */
    public static final Duration TTL = Duration.ofHours(1);

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(30);
    private static final int MOST_AT_ONCE = 5_000;

    private record Written(String namespace, String name, String uid, Instant at) {}

    private final ObjectAccess access;
    private final ResourceType events;
    private final InstantSource clock;
    private final Map<Key, Written> written = new ConcurrentHashMap<>();

    public EventExpiry(ObjectAccess access, ResourceType events, InstantSource clock) {
        this.access = access;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void reset(Snapshot<ApiObject> all) {
        written.clear();
        Instant now = clock.instant();
        all.items().forEach(one -> note(one.key(), one.value(), lastTold(one.value(), now)));
    }

    @Override
    public void apply(List<Change<ApiObject>> changes, Revision revision) {
        Instant now = clock.instant();
        for (var change : changes) {
            if (change.now().isPresent()) {
                note(change.key(), change.now().get().value(), now);
            } else {
                written.remove(change.key());
            }
        }
    }

    /** One sweep over all; the key does not matter. */
    @Override
    public Optional<Duration> reconcile(String key) {
        Instant limit = clock.instant().minus(TTL);
        var old = new ArrayList<Written>();
        for (Written event : written.values()) {
            if (!event.at().isAfter(limit) && old.size() < MOST_AT_ONCE) {
                old.add(event);
            }
        }
        old.forEach(this::delete);
        return Optional.of(BETWEEN_SWEEPS);
    }

    private void delete(Written event) {
        try {
            access.delete(events, event.namespace(), event.name(), Optional.of(event.uid()));
        } catch (StatusException e) {
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }

    private void note(Key key, ApiObject event, Instant at) {
        written.put(key, new Written(event.namespace(), event.name(), event.uid(), at));
    }

    private static Instant lastTold(ApiObject event, Instant now) {
        var tree = event.tree();
        return Stream.of(
                        event.metadata().path("creationTimestamp"),
                        tree.path("lastTimestamp"),
                        tree.path("eventTime"),
                        tree.path("series").path("lastObservedTime"))
                .flatMap(time -> parse(time.asText("")).stream())
                .filter(time -> !time.isAfter(now))
                .max(Instant::compareTo)
                .orElse(now);
    }

    private static Optional<Instant> parse(String time) {
        try {
            return time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
