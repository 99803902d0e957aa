package dev.muster.store.watchcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.testkit.store.HeapStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a cache does when its store is not well. */
@Timeout(60)
final class ReconnectTest {

    private final HeapStore heap = new HeapStore();
    private final FlakyStore store = new FlakyStore(heap);
    private final Revision start = WatchCacheTest.put(heap, "/r/a", "1", Revision.NONE);
    private final WatchCache<String> cache = WatchCache.open(
            store,
            WatchCacheTest.ALL,
            WatchCacheTest::decode,
            WatchCacheOptions.DEFAULT.retrying(Duration.ofMillis(10)));

    @AfterEach
    void close() {
        cache.close();
        heap.close();
    }

    private Recorder recorder() {
        var recorder = new Recorder(cache.list(WatchCacheTest.ALL), WatchCacheTest.ALL);
        cache.watch(WatchCacheTest.ALL, cache.revision(), recorder).orElseThrow();
        return recorder;
    }

    @Test
    void aBrokenWatchIsTakenUpWhereItBrokeAndListenersMissNothing() throws Exception {
        Recorder recorder = recorder();
        Revision last = start;
        for (int i = 2; i < 100; i++) {
            last = WatchCacheTest.put(heap, "/r/a", Integer.toString(i), last);
            if (i % 10 == 0) {
                store.breakWatches();
            }
        }
        WatchCacheTest.until(recorder, last);
        assertThat(recorder.heard()).hasSize(98);
        assertThat(recorder.faults).isEmpty();
        assertThat(recorder.lost()).isEmpty();
        assertThat(store.lists).hasValue(1);
    }

    @Test
    void whileTheStoreIsDownTheLastStateIsShownAndItsAgeGrows() throws Exception {
        store.goDown();
        Thread.sleep(300);
        assertThat(cache.get(Key.of("/r/a")).map(Cache.Cached::value)).contains("1");
        assertThat(cache.sinceLastHeard()).isGreaterThan(Duration.ofMillis(250));
        Revision two = WatchCacheTest.put(heap, "/r/a", "2", start);
        assertThat(cache.await(two, Duration.ofMillis(100))).isFalse();
        store.comeUp();
        assertThat(cache.await(two, WatchCacheTest.SOON)).isTrue();
        assertThat(cache.sinceLastHeard()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void lostHistoryIsListedAgainIndexesSeeTheDifferenceAndListenersAreTold() throws Exception {
        Revision b = WatchCacheTest.put(heap, "/r/b", "1", Revision.NONE);
        Revision same = WatchCacheTest.put(heap, "/r/same", "1", Revision.NONE);
        cache.await(same, WatchCacheTest.SOON);
        Recorder recorder = recorder();
        var applied = new ArrayList<String>();
        cache.feed(WatchCacheTest.ALL, new Cache.Index<>() {
            @Override
            public void reset(Cache.Snapshot<String> all) {}

            @Override
            public void apply(List<Cache.Change<String>> changes, Revision revision) {
                changes.forEach(change -> applied.add(change.key() + " "
                        + change.before().map(Cache.Cached::value).orElse("-") + "->"
                        + change.now().map(Cache.Cached::value).orElse("-")));
            }
        });
        store.goDown();
        Revision two = WatchCacheTest.put(heap, "/r/a", "2", start);
        WatchCacheTest.put(heap, "/r/a", "3", two);
        heap.write(new Mutation.Delete(Key.of("/r/b"), b));
        Revision last = WatchCacheTest.put(heap, "/r/c", "1", Revision.NONE);
        heap.compact(last);
        store.comeUp();
        assertThat(cache.await(last, WatchCacheTest.SOON)).isTrue();
        assertThat(applied).containsExactlyInAnyOrder("/r/a 1->3", "/r/b 1->-", "/r/c -->1");
        assertThat(WatchCacheTest.values(cache.list(WatchCacheTest.ALL))).containsExactly("3", "1", "1");
        long deadline = System.nanoTime() + WatchCacheTest.SOON.toNanos();
        while (recorder.lost().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
        assertThat(recorder.heard()).isEmpty();
        assertThat(cache.watch(WatchCacheTest.ALL, start, recorder)).isEmpty();
        assertThat(cache.watch(WatchCacheTest.ALL, last, new Recorder(last))).isPresent();
    }

    @Test
    void aStoreThatGoesBackInTimeIsNotBelieved() throws Exception {
        Revision revoked = WatchCacheTest.put(heap, "/r/revocation", "of somebody", Revision.NONE);
        cache.await(revoked, WatchCacheTest.SOON);
        var backup = new HeapStore();
        WatchCacheTest.put(backup, "/r/a", "1", Revision.NONE);
        backup.compact(Revision.of(1));
        store.replaceBy(backup);
        Thread.sleep(300);
        assertThat(cache.revision()).isEqualTo(revoked);
        assertThat(cache.get(Key.of("/r/revocation"))).isPresent();
        assertThat(cache.sinceLastHeard()).isGreaterThan(Duration.ofMillis(200));
    }
}
