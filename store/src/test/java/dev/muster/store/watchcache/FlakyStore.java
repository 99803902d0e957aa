package dev.muster.store.watchcache;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that can be unreachable, break its watches, and lose what it had. */
final class FlakyStore implements Store {

    final AtomicInteger lists = new AtomicInteger();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private volatile Store inner;
    private volatile boolean down;

    FlakyStore(Store inner) {
        this.inner = inner;
    }

    /** Ends all watches; while down, nothing can be read. */
    void goDown() {
        down = true;
        breakWatches();
    }

    void comeUp() {
        down = false;
    }

    void breakWatches() {
        watches.forEach(Watch::close);
        watches.clear();
    }

    /** Another store takes its place, as after a restore from a backup. */
    void replaceBy(Store other) {
        inner = other;
        breakWatches();
    }

    private Store up() {
        if (down) {
            throw new StoreException("the store is down");
        }
        return inner;
    }

    @Override
    public Optional<Entry> get(Key key) {
        return up().get(key);
    }

    @Override
    public Listing list(Key prefix, Optional<Key> after, Revision at, int limit) {
        lists.incrementAndGet();
        return up().list(prefix, after, at, limit);
    }

    @Override
    public Write write(Mutation mutation) {
        return inner.write(mutation);
    }

    @Override
    public Watch watch(Key prefix, Revision after) {
        Watch watch = up().watch(prefix, after);
        watches.add(watch);
        return watch;
    }

    @Override
    public Revision revision() {
        return inner.revision();
    }

    @Override
    public void compact(Revision before) {
        inner.compact(before);
    }

    @Override
    public void close() {
        inner.close();
    }
}
