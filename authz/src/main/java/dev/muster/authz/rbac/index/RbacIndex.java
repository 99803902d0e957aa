package dev.muster.authz.rbac.index;

import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.RbacReader;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * RBAC policy indexed by subject and scope, kept current by a {@link Cache} that feeds it everything below {@link
 * RbacKeys#PREFIX}. Every change publishes a new immutable version, which shares nearly everything with the one before:
 * readers never lock, never wait, and never see half a change.
 */
public final class RbacIndex implements Cache.Index<ApiObject> {

    private final Problems problems;
    private final AtomicLong malformed = new AtomicLong();
    private final PolicyWriter writer = new PolicyWriter();

    private volatile Policy policy = Policy.EMPTY;

    /** Hears of stored objects that cannot be read and therefore grant nothing. */
    @FunctionalInterface
    public interface Problems {
        void malformed(Key key, String why);
    }

    public RbacIndex(Problems problems) {
        this.problems = problems;
    }

    @Override
    public synchronized void reset(Cache.Snapshot<ApiObject> all) {
        policy = writer.reset(all.items().stream()
                .flatMap(item -> read(item.key(), Optional.of(item.value())).stream())
                .toList());
    }

    @Override
    public synchronized void apply(List<Cache.Change<ApiObject>> changes, Revision revision) {
        Policy next = policy;
        for (Cache.Change<ApiObject> change : changes) {
            var item = read(change.key(), change.now().map(Cache.Cached::value));
            if (item.isPresent()) {
                next = writer.apply(next, item.get());
            }
        }
        policy = next;
    }

    /** How many malformed objects have been met since the start. */
    public long malformed() {
        return malformed.get();
    }

    Policy policy() {
        return policy;
    }

    private Optional<PolicyWriter.Item> read(Key key, Optional<ApiObject> object) {
        return RbacKeys.place(key).map(place -> {
            if (place.kind().isRole()) {
                var role = object.map(o -> CompiledRole.of(RbacReader.role(place, o, why -> report(key, why))));
                return new PolicyWriter.RoleItem(new RoleName(place.namespace(), place.name()), role);
            }
            Optional<Binding> binding = object.map(o -> RbacReader.binding(place, o, why -> report(key, why)));
            return new PolicyWriter.BindingItem(place, binding);
        });
    }

    private void report(Key key, String why) {
        malformed.incrementAndGet();
        problems.malformed(key, why);
    }
}
