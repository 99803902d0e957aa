package dev.muster.authz.rbac;

import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.RbacKeys.Place;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Objects in memory with compare-and-swap, that remember every write and can be told what to answer next. */
public final class HeapObjects implements RbacObjects {

    public final List<String> writes = new ArrayList<>();
    public final ArrayDeque<Result> next = new ArrayDeque<>();
    private final Map<Place, ApiObject> stored = new LinkedHashMap<>();
    private final List<Cache.Index<ApiObject>> followers = new CopyOnWriteArrayList<>();
    private final PolicyFeed feed = new PolicyFeed();
    private long version;

    /** From now on the index hears of every change, as from a cache. */
    public synchronized void follow(Cache.Index<ApiObject> index) {
        index.reset(feed.snapshot());
        followers.add(index);
    }

    /** These objects as a cache that indexes can be fed from. */
    public Cache<ApiObject> cache() {
        return feed.new Readable() {
            @Override
            public Subscription feed(Key prefix, Cache.Index<ApiObject> index) {
                follow(index);
                return () -> followers.remove(index);
            }
        };
    }

    /** As if somebody else had written it. */
    public synchronized void put(Place place, ApiObject object) {
        store(place, object);
    }

    public synchronized void remove(Place place) {
        stored.remove(place);
        var change = feed.delete(place.key());
        followers.forEach(index -> PolicyFeed.apply(index, change));
    }

    public synchronized List<ApiObject> all() {
        return List.copyOf(stored.values());
    }

    @Override
    public synchronized Optional<ApiObject> get(Place place) {
        return Optional.ofNullable(stored.get(place));
    }

    @Override
    public synchronized Result create(Place place, ApiObject object) {
        return write("create", place, () -> {
            if (stored.containsKey(place)) {
                return Result.EXISTS;
            }
            store(place, object);
            return Result.DONE;
        });
    }

    @Override
    public synchronized Result update(Place place, ApiObject object) {
        return write("update", place, () -> {
            Result problem = problem(place, object);
            if (problem == Result.DONE) {
                store(place, object);
            }
            return problem;
        });
    }

    @Override
    public synchronized Result delete(Place place, ApiObject object) {
        return write("delete", place, () -> {
            Result problem = problem(place, object);
            if (problem == Result.DONE) {
                remove(place);
            }
            return problem;
        });
    }

    private Result write(String verb, Place place, Supplier<Result> write) {
        Result told = next.poll();
        if (told != null) {
            return told;
        }
        Result result = write.get();
        if (result == Result.DONE) {
            writes.add(verb + " " + place.kind().resource() + " " + place.name());
        }
        return result;
    }

    private Result problem(Place place, ApiObject object) {
        ApiObject there = stored.get(place);
        if (there == null) {
            return Result.MISSING;
        }
        return there.resourceVersion().equals(object.resourceVersion()) ? Result.DONE : Result.CONFLICT;
    }

    private void store(Place place, ApiObject object) {
        var tree = object.copyTree();
        tree.withObject("metadata").put("resourceVersion", Long.toString(++version));
        ApiObject versioned = ApiObject.of(tree);
        stored.put(place, versioned);
        var change = feed.put(place.key(), versioned);
        followers.forEach(index -> PolicyFeed.apply(index, change));
    }
}
