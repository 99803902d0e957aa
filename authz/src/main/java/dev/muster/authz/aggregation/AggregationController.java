package dev.muster.authz.aggregation;

import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.RbacKeys;
import dev.muster.authz.rbac.RbacKeys.Kind;
import dev.muster.authz.rbac.RbacKeys.Place;
import dev.muster.authz.rbac.RbacObjects;
import dev.muster.authz.rbac.RbacObjects.Result;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rules of ClusterRoles that have an aggregationRule. Looks again at every change of any ClusterRole, writes only
 * what differs, and comes back to what it could not write, each time later, up to a minute.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles">Aggregated
 *     ClusterRoles</a>
 */
public final class AggregationController implements Cache.Index<ApiObject>, AutoCloseable {

    /** What it is fed from. */
    public static final Key PREFIX = Key.of(RbacKeys.PREFIX.path() + Kind.CLUSTER_ROLE.resource() + "/");

    private static final Logger LOG = LoggerFactory.getLogger(AggregationController.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final RbacObjects objects;
    private final ConcurrentSkipListMap<String, ApiObject> roles = new ConcurrentSkipListMap<>();
    private final Semaphore changed = new Semaphore(0);
    private volatile Thread thread;
    private volatile Cache.Subscription subscription = () -> {};

    public AggregationController(RbacObjects objects) {
        this.objects = objects;
    }

    /** Follows the cache from now on, on a thread of its own, until closed. */
    public void start(Cache<ApiObject> cache) {
        subscription = cache.feed(PREFIX, this);
        thread = Thread.ofVirtual().name("clusterrole-aggregation").start(this::run);
    }

    @Override
    public void close() {
        subscription.close();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public void reset(Cache.Snapshot<ApiObject> all) {
        roles.clear();
        all.items().forEach(item -> put(item.key(), item.value()));
        changed.release();
    }

    @Override
    public void apply(List<Cache.Change<ApiObject>> changes, Revision revision) {
        for (Cache.Change<ApiObject> change : changes) {
            change.now()
                    .ifPresentOrElse(
                            now -> put(now.key(), now.value()),
                            () -> RbacKeys.place(change.key()).ifPresent(place -> roles.remove(place.name())));
        }
        changed.release();
    }

    private void put(Key key, ApiObject role) {
        RbacKeys.place(key)
                .filter(place -> place.kind() == Kind.CLUSTER_ROLE)
                .ifPresent(place -> roles.put(place.name(), role));
    }

    private void run() {
        Duration pause = Duration.ZERO;
        try {
            while (true) {
                if (pause.isZero()) {
                    changed.acquire();
                } else {
                    // Changes do not hurry what failed.
                    Thread.sleep(pause);
                }
                changed.drainPermits();
                pause = round() ? Duration.ZERO : longer(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One look at everything; whether all that differed could be written. Also called once before the server is ready, so
     * that the default roles hold their rules from the first request on.
     */
    public synchronized boolean round() {
        Map<String, ApiObject> changes = new Aggregation(
                        new TreeMap<>(roles), (role, why) -> LOG.warn("ClusterRole {}: {}", role, why))
                .changes();
        boolean all = true;
        for (var change : changes.entrySet()) {
            Result result = write(change.getKey(), change.getValue());
            switch (result) {
                // Gone: there will be a change to look at. Done likewise.
                case Result.Done _, Result.Missing _ -> {}
                case Result.Failed failed -> {
                    LOG.warn("ClusterRole {} could not be aggregated: {}", change.getKey(), failed.why());
                    all = false;
                }
                case Result.Conflict _, Result.Exists _ -> all = false;
            }
        }
        return all;
    }

    private Result write(String name, ApiObject role) {
        try {
            return objects.update(new Place(Kind.CLUSTER_ROLE, "", name), role);
        } catch (RuntimeException e) {
            return new Result.Failed(e.toString());
        }
    }

    private static Duration longer(Duration pause) {
        if (pause.isZero()) {
            return FIRST_PAUSE;
        }
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
