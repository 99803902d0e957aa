package dev.muster.authz.rbac;

import dev.muster.api.meta.ApiObject;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Stored objects, and the changes an index is fed, without a store. */
public final class PolicyFeed {

    private final TreeMap<Key, Cache.Cached<ApiObject>> stored = new TreeMap<>();
    private long revision;

    public Cache.Change<ApiObject> put(Role role) {
        return put(Trees.key(role), Trees.of(role));
    }

    public Cache.Change<ApiObject> put(Binding binding) {
        return put(Trees.key(binding), Trees.of(binding));
    }

    public Cache.Change<ApiObject> put(Key key, ApiObject object) {
        var now = new Cache.Cached<>(key, object, Revision.of(++revision));
        return new OneChange(key, Optional.of(now), Optional.ofNullable(stored.put(key, now)), now.revision());
    }

    public Cache.Change<ApiObject> delete(Key key) {
        var before = Optional.ofNullable(stored.remove(key));
        return new OneChange(key, Optional.empty(), before, Revision.of(++revision));
    }

    public Revision revision() {
        return Revision.of(revision);
    }

    public Cache.Snapshot<ApiObject> snapshot() {
        return new Cache.Snapshot<>(new ArrayList<>(stored.values()), revision());
    }

    public List<Key> keys() {
        return List.copyOf(stored.keySet());
    }

    /** The stored objects as a cache that can be read and nothing more. */
    public Cache<ApiObject> cache() {
        return new Readable();
    }

    /** Everything at once. */
    public static Cache.Snapshot<ApiObject> snapshotOf(List<Role> roles, List<Binding> bindings) {
        var feed = new PolicyFeed();
        roles.forEach(feed::put);
        bindings.forEach(feed::put);
        return feed.snapshot();
    }

    /** One change as a batch of its own. */
    public static void apply(Cache.Index<ApiObject> index, Cache.Change<ApiObject> change) {
        index.apply(List.of(change), change.revision());
    }

    private record OneChange(
            Key key, Optional<Cache.Cached<ApiObject>> now, Optional<Cache.Cached<ApiObject>> before, Revision revision)
            implements Cache.Change<ApiObject> {
        @Override
        public <R> R derived(Cache.Slot<R> slot, Function<Cache.Change<ApiObject>, R> compute) {
            return compute.apply(this);
        }
    }

    class Readable implements Cache<ApiObject> {
        @Override
        public Optional<Cached<ApiObject>> get(Key key) {
            return Optional.ofNullable(stored.get(key));
        }

        @Override
        public Snapshot<ApiObject> list(Key prefix) {
            return new Snapshot<>(
                    stored.values().stream()
                            .filter(cached -> cached.key().startsWith(prefix))
                            .toList(),
                    revision());
        }

        @Override
        public Revision revision() {
            return PolicyFeed.this.revision();
        }

        @Override
        public boolean await(Revision wanted, Duration atMost) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Subscription> watch(Key prefix, Revision after, Listener<ApiObject> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription feed(Key prefix, Index<ApiObject> index) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration sinceLastHeard() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}
