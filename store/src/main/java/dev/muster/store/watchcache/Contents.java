package dev.muster.store.watchcache;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The present state, the remembered past, and all who are told. One lock orders what is applied against who begins to
 * listen; reading takes no lock.
 */
final class Contents<T> {

    /** A watch that begins in the past is told this many changes under the lock, and what is before them without it. */
    private static final int UNDER_LOCK = 128;

    private final ReentrantLock lock = new ReentrantLock();
    private final WatchCacheOptions options;
    private final Remembered<T> remembered;
    private final Fanout<T> fanout = new Fanout<>();
    private final Feeds<T> feeds = new Feeds<>();
    private final Waiters waiters = new Waiters();
    /** The same values by hash: finding one in the tree takes some twenty comparisons of long keys. */
    private final ConcurrentHashMap<Key, Cached<T>> byKey = new ConcurrentHashMap<>();

    private volatile State<T> state = new State<>(Tree.empty(), Revision.NONE);
    private boolean closed;

    record State<T>(Tree<Cached<T>> tree, Revision revision) {
        Cache.Snapshot<T> below(Key prefix) {
            return new Cache.Snapshot<>(tree.below(prefix), revision);
        }
    }

    Contents(WatchCacheOptions options) {
        this.options = options;
        this.remembered = new Remembered<>(options.remembered(), options.rememberedFor());
    }

    Optional<Cached<T>> get(Key key) {
        return Optional.ofNullable(byKey.get(key));
    }

    State<T> state() {
        return state;
    }

    Waiters waiters() {
        return waiters;
    }

    /** The first listing. */
    void begin(Tree<Cached<T>> tree, Revision revision) {
        locked(() -> {
            state = new State<>(tree, revision);
            tree.below(Key.of("/")).forEach(cached -> byKey.put(cached.key(), cached));
            remembered.reset(revision);
        });
    }

    /** Changes that the store has told, in order: indexes first, then the revision is announced, then listeners hear. */
    void apply(List<Change<T>> changes, Tree<Cached<T>> tree, Revision revision) {
        locked(() -> {
            advance(changes, tree, revision);
            long now = options.nanoTime().getAsLong();
            // All are remembered before one is told: a listener may begin another watch from within its call.
            changes.forEach(change -> remembered.add(change, now));
            changes.forEach(fanout::tell);
        });
    }

    /** Differences found by listing again: what happened between is not known, so listeners cannot go on. */
    void replace(List<Change<T>> differences, Tree<Cached<T>> tree, Revision revision) {
        locked(() -> {
            advance(differences, tree, revision);
            remembered.reset(revision);
            fanout.lost("the store's history was lost");
        });
    }

    private void advance(List<Change<T>> changes, Tree<Cached<T>> tree, Revision revision) {
        var next = new State<>(tree, revision);
        feeds.apply(changes, revision, next::below);
        for (Change<T> change : changes) {
            change.now().ifPresentOrElse(now -> byKey.put(change.key(), now), () -> byKey.remove(change.key()));
        }
        state = next;
        waiters.reached(revision);
    }

    /** Once a second. */
    void tick() {
        locked(() -> {
            remembered.dropOld(options.nanoTime().getAsLong());
            fanout.sweep();
            fanout.progress(state.revision());
        });
    }

    /** Tells the past, if it is remembered, and then what happens; false if it is not remembered. */
    boolean watch(Subscriber<T> subscriber) {
        boolean first = true;
        while (true) {
            List<Change<T>> missed;
            lock.lock();
            try {
                if (closed || remembered.floor().isAfter(subscriber.after())) {
                    if (!first) {
                        subscriber.lost("it fell behind what is remembered");
                    }
                    return !first;
                }
                missed = remembered.after(subscriber.after());
                if (missed.size() <= UNDER_LOCK) {
                    missed.forEach(subscriber::tell);
                    subscriber.toldUpTo(state.revision());
                    fanout.add(subscriber);
                    return true;
                }
            } finally {
                lock.unlock();
            }
            missed.forEach(subscriber::tell);
            subscriber.toldUpTo(missed.getLast().revision());
            first = false;
        }
    }

    Cache.Subscription feed(Key prefix, Cache.Index<T> index) {
        lock.lock();
        try {
            return feeds.add(prefix, index, state.below(prefix));
        } finally {
            lock.unlock();
        }
    }

    int listeners() {
        lock.lock();
        try {
            return fanout.count();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        locked(() -> {
            closed = true;
            fanout.lost("the cache was closed");
        });
        waiters.close();
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
