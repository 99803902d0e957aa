package dev.muster.store.watchcache;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A change with what has been derived from it. */
final class CacheChange<T> implements Cache.Change<T> {

    private final Key key;
    private final Optional<Cache.Cached<T>> now;
    private final Optional<Cache.Cached<T>> before;
    private final Revision revision;
    private Map<Cache.Slot<?>, Object> derived;

    CacheChange(Key key, Optional<Cache.Cached<T>> now, Optional<Cache.Cached<T>> before, Revision revision) {
        this.key = key;
        this.now = now;
        this.before = before;
        this.revision = revision;
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public Optional<Cache.Cached<T>> now() {
        return now;
    }

    @Override
    public Optional<Cache.Cached<T>> before() {
        return before;
    }

    @Override
    public Revision revision() {
        return revision;
    }

    @Override
    @SuppressWarnings("unchecked") // a slot's values come from functions of the slot's own type
    public synchronized <R> R derived(Cache.Slot<R> slot, Function<Cache.Change<T>, R> compute) {
        if (derived == null) {
            derived = new IdentityHashMap<>(2);
        }
        R known = (R) derived.get(slot);
        if (known == null) {
            known = compute.apply(this);
            derived.put(slot, known);
        }
        return known;
    }

    @Override
    public String toString() {
        return key + "@" + revision + (now.isEmpty() ? " deleted" : before.isEmpty() ? " created" : " changed");
    }
}
