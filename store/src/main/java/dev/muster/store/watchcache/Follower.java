package dev.muster.store.watchcache;

import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cache's thread: lists once, then watches, and goes on after failures from where it was. */
final class Follower<T> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final long TICK = Duration.ofSeconds(1).toNanos();
    private static final int PAGE = 1000;

    private final Store store;
    private final Key prefix;
    private final Decoder<T> decoder;
    private final Contents<T> contents;
    private final WatchCacheOptions options;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile long lastHeard;
    private volatile boolean closed;
    private volatile Optional<Watch> watch = Optional.empty();
    private long lastTick;
    private int failures;

    Follower(Store store, Key prefix, Decoder<T> decoder, Contents<T> contents, WatchCacheOptions options) {
        this.store = store;
        this.prefix = prefix;
        this.decoder = decoder;
        this.contents = contents;
        this.options = options;
    }

    /** Done when the first listing is in, or failed with it. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    Duration sinceLastHeard() {
        return ready.isDone() ? Duration.ofNanos(now() - lastHeard) : Duration.ofNanos(-1);
    }

    void close() {
        closed = true;
        watch.ifPresent(Watch::close);
    }

    @Override
    public void run() {
        try {
            Listed listed = list();
            var cached = new ArrayList<Cached<T>>(listed.entries.size());
            listed.entries.forEach(entry -> decoder.decode(entry).ifPresent(cached::add));
            contents.begin(Tree.ofSorted(cached, Cached::key), listed.revision);
            heard();
            lastTick = now();
            ready.complete(null);
        } catch (RuntimeException | Error e) {
            ready.completeExceptionally(e);
            return;
        }
        while (!closed) {
            try {
                follow();
            } catch (InterruptedException _) {
                LOG.error("the cache of {} was interrupted and follows no more", prefix);
                return;
            } catch (RuntimeException | Error e) {
                if (!closed) {
                    LOG.warn("the cache of {} lost touch with the store and tries again", prefix, e);
                    pause();
                }
            }
        }
    }

    private void follow() throws InterruptedException {
        try (Watch opened = store.watch(prefix, contents.state().revision())) {
            watch = Optional.of(opened);
            while (!closed) {
                long untilTick = Math.max(0, TICK - (now() - lastTick));
                switch (opened.next(Duration.ofNanos(untilTick))) {
                    case Watch.Signal.Changes changes -> apply(changes.events(), changes.revision());
                    case Watch.Signal.Progress progress -> progress(progress.revision());
                    case Watch.Signal.Silence _ -> {}
                    case Watch.Signal.Compacted _ -> {
                        LOG.warn("the cache of {} fell behind the store's history and lists again", prefix);
                        listAgain();
                        return;
                    }
                    case Watch.Signal.Ended ended -> throw new StoreException("the watch ended: " + ended.why());
                }
                tickIfDue();
            }
        } finally {
            watch = Optional.empty();
        }
    }

    private void apply(List<Event> events, Revision revision) {
        Revision known = contents.state().revision();
        var tree = contents.state().tree();
        var changes = new ArrayList<Change<T>>(events.size());
        for (Event event : events) {
            if (!event.revision().isAfter(known)) {
                continue;
            }
            if (event.now().isEmpty()) {
                decoder.forget(event.key());
            }
            var now = event.now().flatMap(decoder::decode);
            tree = step(tree, event.key(), now, event.revision(), changes);
        }
        contents.apply(changes, tree, max(known, revision));
        heard();
    }

    private static Revision max(Revision a, Revision b) {
        return a.isAfter(b) ? a : b;
    }

    private static <T> Tree<Cached<T>> step(
            Tree<Cached<T>> tree, Key key, Optional<Cached<T>> now, Revision revision, List<Change<T>> changes) {
        var before = tree.get(key);
        if (now.isEmpty() && before.isEmpty()) {
            return tree;
        }
        changes.add(new CacheChange<>(key, now, before, revision));
        return now.isPresent() ? tree.with(key, now.get()) : tree.without(key);
    }

    private void progress(Revision revision) {
        var state = contents.state();
        if (revision.isAfter(state.revision())) {
            contents.apply(List.of(), state.tree(), revision);
            heard();
        } else if (revision.equals(state.revision())) {
            heard();
        }
    }

    /** The state now against the state known: what differs are changes like any others, but not all that happened. */
    private void listAgain() {
        Listed listed = list();
        var known = contents.state();
        if (known.revision().isAfter(listed.revision)) {
            throw new StoreException("the store is at revision " + listed.revision + ", but was at " + known.revision()
                    + " before: a store that goes back in time is not believed");
        }
        decoder.forgetAll();
        var changes = new ArrayList<Change<T>>();
        var present = new ArrayList<Cached<T>>(listed.entries.size());
        for (Entry entry : listed.entries) {
            var before = known.tree().get(entry.key());
            if (before.isPresent() && before.get().revision().equals(entry.modified())) {
                present.add(before.get());
                continue;
            }
            var now = decoder.decode(entry);
            now.ifPresent(present::add);
            if (now.isPresent() || before.isPresent()) {
                changes.add(new CacheChange<>(entry.key(), now, before, entry.modified()));
            }
        }
        Tree<Cached<T>> tree = Tree.ofSorted(present, Cached::key);
        var listedKeys = new java.util.HashSet<Key>();
        listed.entries.forEach(entry -> listedKeys.add(entry.key()));
        for (Cached<T> gone : known.tree().below(prefix)) {
            if (!listedKeys.contains(gone.key())) {
                changes.add(new CacheChange<>(gone.key(), Optional.empty(), Optional.of(gone), listed.revision));
            }
        }
        changes.sort(Comparator.comparing(Change::revision));
        contents.replace(changes, tree, listed.revision);
        heard();
    }

    private record Listed(List<Entry> entries, Revision revision) {}

    private Listed list() {
        var entries = new ArrayList<Entry>();
        Revision at = Revision.NONE;
        Optional<Key> after = Optional.empty();
        while (true) {
            switch (store.list(prefix, after, at, PAGE)) {
                case Listing.Page page -> {
                    entries.addAll(page.entries());
                    at = page.revision();
                    if (!page.more()) {
                        return new Listed(entries, at);
                    }
                    after = Optional.of(page.entries().getLast().key());
                }
                case Listing.Compacted _ -> {
                    entries.clear();
                    at = Revision.NONE;
                    after = Optional.empty();
                }
                case Listing.Ahead ahead ->
                    throw new StoreException("the store went back to revision " + ahead.current() + " while listed");
            }
        }
    }

    private void heard() {
        lastHeard = now();
        failures = 0;
    }

    private void tickIfDue() {
        if (now() - lastTick >= TICK) {
            lastTick = now();
            // Without word from the store nothing is promised to listeners.
            if (now() - lastHeard < 2 * TICK) {
                contents.tick();
            }
        }
    }

    private void pause() {
        long nanos = options.retryAfter().toNanos() << Math.min(failures++, 5);
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private long now() {
        return options.nanoTime().getAsLong();
    }
}
