package dev.muster.store.watchcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.testkit.store.HeapStore;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Indexes are current before the revision is announced, whatever goes wrong. */
@Timeout(60)
final class IndexTest {

    private final HeapStore store = new HeapStore();
    private WatchCache<String> cache;

    @BeforeEach
    void open() {
        WatchCacheTest.put(store, "/r/a/old", "old", Revision.NONE);
        cache = WatchCache.open(
                store,
                WatchCacheTest.ALL,
                WatchCacheTest::decode,
                WatchCacheOptions.DEFAULT.retrying(Duration.ofMillis(10)));
    }

    @AfterEach
    void close() {
        cache.close();
        store.close();
    }

    private static class Values implements Cache.Index<String> {

        final ConcurrentHashMap<Key, String> values = new ConcurrentHashMap<>();
        final AtomicInteger resets = new AtomicInteger();

        @Override
        public void reset(Cache.Snapshot<String> all) {
            resets.incrementAndGet();
            values.clear();
            all.items().forEach(item -> values.put(item.key(), item.value()));
        }

        @Override
        public void apply(List<Cache.Change<String>> changes, Revision revision) {
            for (Cache.Change<String> change : changes) {
                change.now()
                        .ifPresentOrElse(
                                now -> values.put(change.key(), now.value()), () -> values.remove(change.key()));
            }
        }
    }

    @Test
    void anIndexBeginsWithThePresentAndIsCurrentWhenTheRevisionIs() throws Exception {
        var index = new Values();
        cache.feed(WatchCacheTest.ALL, index);
        assertThat(index.values).containsOnlyKeys(Key.of("/r/a/old"));
        for (int i = 0; i < 500; i++) {
            Revision revision = WatchCacheTest.put(store, "/r/b/" + i, "x", Revision.NONE);
            assertThat(cache.await(revision, WatchCacheTest.SOON)).isTrue();
            assertThat(index.values).containsKey(Key.of("/r/b/" + i));
        }
        assertThat(index.resets).hasValue(1);
    }

    @Test
    void anIndexHearsOfItsPrefixOnlyAndNothingAfterItsClose() throws Exception {
        var index = new Values();
        Cache.Subscription feed = cache.feed(Key.of("/r/b/"), index);
        assertThat(index.values).isEmpty();
        WatchCacheTest.put(store, "/r/c/1", "x", Revision.NONE);
        cache.await(WatchCacheTest.put(store, "/r/b/1", "x", Revision.NONE), WatchCacheTest.SOON);
        assertThat(index.values).containsOnlyKeys(Key.of("/r/b/1"));
        feed.close();
        cache.await(WatchCacheTest.put(store, "/r/b/2", "x", Revision.NONE), WatchCacheTest.SOON);
        assertThat(index.values).hasSize(1);
    }

    @Test
    void whileAnIndexFailsNoRevisionIsAnnouncedAndThenAllAreMadeAnew() throws Exception {
        var before = new Values();
        var failing = new Values() {
            volatile boolean broken;

            @Override
            public void reset(Cache.Snapshot<String> all) {
                if (broken) {
                    throw new IllegalStateException("this index fails");
                }
                super.reset(all);
            }

            @Override
            public void apply(List<Cache.Change<String>> changes, Revision revision) {
                if (broken) {
                    throw new IllegalStateException("this index fails");
                }
                super.apply(changes, revision);
            }
        };
        cache.feed(WatchCacheTest.ALL, before);
        cache.feed(WatchCacheTest.ALL, failing);
        failing.broken = true;
        Revision revision = WatchCacheTest.put(store, "/r/b", "x", Revision.NONE);
        assertThat(cache.await(revision, Duration.ofMillis(300))).isFalse();
        assertThat(cache.get(Key.of("/r/b"))).isEmpty();
        failing.broken = false;
        assertThat(cache.await(revision, WatchCacheTest.SOON)).isTrue();
        var expected = new TreeMap<Key, String>();
        cache.list(WatchCacheTest.ALL).items().forEach(item -> expected.put(item.key(), item.value()));
        assertThat(before.values).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(failing.values).containsExactlyInAnyOrderEntriesOf(expected);
    }
}
