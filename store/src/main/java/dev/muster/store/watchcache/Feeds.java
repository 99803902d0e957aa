package dev.muster.store.watchcache;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The indexes. If one fails, all are reset from the whole at the next opportunity: some may have applied what others have
 * not. Guarded by the cache's lock.
 */
final class Feeds<T> {

    private final List<Feed<T>> feeds = new ArrayList<>();

    private static final class Feed<T> implements Cache.Subscription {

        private final Key prefix;
        private final Cache.Index<T> index;
        private boolean stale;
        private volatile boolean closed;

        Feed(Key prefix, Cache.Index<T> index) {
            this.prefix = prefix;
            this.index = index;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    Cache.Subscription add(Key prefix, Cache.Index<T> index, Cache.Snapshot<T> present) {
        index.reset(present);
        var feed = new Feed<>(prefix, index);
        feeds.add(feed);
        return feed;
    }

    /** Brings every index to the revision. */
    void apply(List<Cache.Change<T>> changes, Revision revision, Function<Key, Cache.Snapshot<T>> present) {
        boolean done = false;
        try {
            feeds.removeIf(feed -> feed.closed);
            for (Feed<T> feed : List.copyOf(feeds)) {
                if (feed.stale) {
                    feed.index.reset(present.apply(feed.prefix));
                    continue;
                }
                var own = changes.stream()
                        .filter(change -> change.key().startsWith(feed.prefix))
                        .toList();
                if (!own.isEmpty()) {
                    feed.index.apply(own, revision);
                }
            }
            done = true;
        } finally {
            for (Feed<T> feed : feeds) {
                feed.stale = !done;
            }
        }
    }
}
