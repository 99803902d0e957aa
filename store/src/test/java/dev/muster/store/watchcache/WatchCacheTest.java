package dev.muster.store.watchcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Write;
import dev.muster.testkit.store.HeapStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a cache shows and tells while its store is well. */
@Timeout(60)
final class WatchCacheTest {

    static final Key ALL = Key.of("/r/");
    static final Duration SOON = Duration.ofSeconds(20);
    private final HeapStore store = new HeapStore();
    private WatchCache<String> cache;

    @AfterEach
    void close() {
        if (cache != null) {
            cache.close();
        }
        store.close();
    }

    private void open(WatchCacheOptions options) {
        cache = WatchCache.open(store, ALL, WatchCacheTest::decode, options);
    }

    private void open() {
        open(WatchCacheOptions.DEFAULT);
    }

    static String decode(Entry entry) {
        String text = new String(entry.value(), StandardCharsets.UTF_8);
        if (text.startsWith("broken")) {
            throw new IllegalArgumentException("cannot decode");
        }
        return text;
    }

    static Revision put(dev.muster.core.store.Store store, String key, String value, Revision expected) {
        var mutation = new Mutation.Put(Key.of(key), value.getBytes(StandardCharsets.UTF_8), expected);
        return ((Write.Done) store.write(mutation)).revision();
    }

    private Revision put(String key, String value, Revision expected) {
        return put(store, key, value, expected);
    }

    private Revision create(String key, String value) {
        return put(key, value, Revision.NONE);
    }

    private Revision delete(String key, Revision expected) {
        return ((Write.Done) store.write(new Mutation.Delete(Key.of(key), expected))).revision();
    }

    private void reach(Revision revision) throws InterruptedException {
        assertThat(cache.await(revision, SOON)).isTrue();
    }

    @Test
    void whatWasThereBeforeItOpenedIsThere() {
        create("/r/a/1", "one");
        create("/s/a", "elsewhere");
        Revision last = create("/r/b/1", "two");
        open();
        assertThat(cache.revision()).isEqualTo(last);
        assertThat(cache.get(Key.of("/r/a/1")).map(Cache.Cached::value)).contains("one");
        assertThat(cache.get(Key.of("/s/a"))).isEmpty();
        assertThat(cache.list(ALL).items()).extracting(Cache.Cached::value).containsExactly("one", "two");
        assertThat(cache.list(Key.of("/r/b/")).items()).hasSize(1);
    }

    @Test
    void aWriteIsReadBackThroughIt() throws Exception {
        open();
        Revision one = create("/r/a", "1");
        reach(one);
        assertThat(cache.get(Key.of("/r/a"))).contains(new Cache.Cached<>(Key.of("/r/a"), "1", one));
        Revision two = put("/r/a", "2", one);
        reach(two);
        assertThat(cache.get(Key.of("/r/a")).map(Cache.Cached::value)).contains("2");
        reach(delete("/r/a", two));
        assertThat(cache.get(Key.of("/r/a"))).isEmpty();
    }

    @Test
    void aSnapshotDoesNotChangeUnderItsReader() throws Exception {
        Revision one = create("/r/a", "1");
        open();
        Cache.Snapshot<String> snapshot = cache.list(ALL);
        reach(put("/r/a", "2", one));
        reach(create("/r/b", "1"));
        assertThat(snapshot.items()).extracting(Cache.Cached::value).containsExactly("1");
        assertThat(snapshot.revision()).isEqualTo(one);
        assertThat(cache.list(ALL).items()).extracting(Cache.Cached::value).containsExactly("2", "1");
    }

    @Test
    void writesElsewhereMoveTheRevisionToo() throws Exception {
        open();
        reach(create("/elsewhere", "x"));
    }

    @Test
    void waitingForARevisionThatDoesNotComeEndsInTime() throws Exception {
        open();
        assertThat(cache.await(Revision.of(100), Duration.ofMillis(50))).isFalse();
    }

    @Test
    void aListenerHearsWhatComesAfterItsRevisionAndOnlyBelowItsPrefix() throws Exception {
        Revision start = create("/r/a/1", "old");
        open();
        var folder = new Recorder(start);
        var single = new Recorder(start);
        cache.watch(Key.of("/r/b/"), start, folder).orElseThrow();
        cache.watch(Key.of("/r/b/1"), start, single).orElseThrow();
        Revision one = create("/r/b/1", "x");
        create("/r/bb/1", "x");
        create("/r/b/2", "y");
        Revision last = delete("/r/b/1", one);
        until(folder, last);
        until(single, last);
        assertThat(folder.heard()).containsExactly("/r/b/1 null->x", "/r/b/2 null->y", "/r/b/1 x->null");
        assertThat(single.heard()).containsExactly("/r/b/1 null->x", "/r/b/1 x->null");
    }

    @Test
    void aListenerFromThePastHearsThatFirst() throws Exception {
        open();
        Revision one = create("/r/a", "1");
        Revision two = put("/r/a", "2", one);
        Revision three = put("/r/a", "3", two);
        reach(three);
        var recorder = new Recorder(one);
        recorder.state.put(Key.of("/r/a"), "1");
        cache.watch(ALL, one, recorder).orElseThrow();
        assertThat(recorder.heard()).containsExactly("/r/a 1->2", "/r/a 2->3");
        until(recorder, put("/r/a", "4", three));
        assertThat(recorder.faults).isEmpty();
    }

    @Test
    void whatIsNoLongerRememberedIsSaidToBeSo() throws Exception {
        Revision before = create("/r/a", "0");
        open(WatchCacheOptions.DEFAULT.remembering(3, Duration.ofHours(1)));
        Revision last = before;
        for (int i = 1; i <= 4; i++) {
            last = put("/r/a", Integer.toString(i), last);
        }
        reach(last);
        assertThat(cache.watch(ALL, before, new Recorder(before))).isEmpty();
        Revision oldest = Revision.of(last.value() - 3);
        var recorder = new Recorder(oldest);
        recorder.state.put(Key.of("/r/a"), "1");
        assertThat(cache.watch(ALL, oldest, recorder)).isPresent();
        assertThat(recorder.heard()).hasSize(3);
        assertThat(cache.watch(ALL, Revision.NONE, new Recorder(Revision.NONE))).isEmpty();
    }

    @Test
    void changesAreForgottenWhenTheyAreOld() throws Exception {
        Revision before = create("/r/a", "0");
        open(WatchCacheOptions.DEFAULT.remembering(1000, Duration.ofMillis(1)));
        reach(put("/r/a", "1", before));
        long deadline = System.nanoTime() + SOON.toNanos();
        while (cache.watch(ALL, before, new Recorder(before)).isPresent()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    @Test
    void aListenerFromAheadHearsOnlyWhatComesAfterThat() throws Exception {
        Revision first = create("/r/a", "1");
        open();
        var recorder = new Recorder(Revision.of(first.value() + 1));
        recorder.state.put(Key.of("/r/a"), "2");
        cache.watch(ALL, Revision.of(first.value() + 1), recorder).orElseThrow();
        Revision two = put("/r/a", "2", first);
        until(recorder, put("/r/a", "3", two));
        assertThat(recorder.heard()).containsExactly("/r/a 2->3");
        assertThat(recorder.faults).isEmpty();
    }

    @Test
    void listenersHearOfProgressAboutOnceASecond() throws Exception {
        Revision start = create("/r/a", "1");
        open();
        var recorder = new Recorder(start);
        cache.watch(Key.of("/r/none/"), start, recorder).orElseThrow();
        until(recorder, create("/elsewhere", "x"));
        assertThat(recorder.heard()).isEmpty();
    }

    @Test
    void aClosedSubscriptionHearsNothingMoreAndIsForgotten() throws Exception {
        Revision start = create("/r/a", "1");
        open();
        var recorder = new Recorder(start);
        Cache.Subscription subscription = cache.watch(ALL, start, recorder).orElseThrow();
        subscription.close();
        subscription.close();
        reach(put("/r/a", "2", start));
        assertThat(recorder.heard()).isEmpty();
        long deadline = System.nanoTime() + SOON.toNanos();
        while (cache.listeners() > 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    @Test
    void aListenerThatFailsIsGivenUpAndHarmsNobody() throws Exception {
        Revision start = create("/r/a", "1");
        open();
        var failing = new Recorder(start) {
            @Override
            public synchronized void changed(Cache.Change<String> change) {
                throw new IllegalStateException("this listener fails");
            }
        };
        var well = new Recorder(start);
        well.state.put(Key.of("/r/a"), "1");
        cache.watch(ALL, start, failing).orElseThrow();
        cache.watch(ALL, start, well).orElseThrow();
        Revision two = put("/r/a", "2", start);
        until(well, put("/r/a", "3", two));
        assertThat(failing.lost()).isNotEmpty();
        assertThat(well.heard()).hasSize(2);
    }

    @Test
    void aListenerMayOpenAndCloseWatchesFromWithin() throws Exception {
        Revision start = create("/r/a", "1");
        open();
        var inner = new Recorder(start);
        inner.state.put(Key.of("/r/a"), "1");
        var outer = new Recorder(start) {
            @Override
            public synchronized void changed(Cache.Change<String> change) {
                if (heard.isEmpty()) {
                    cache.watch(ALL, start, inner).orElseThrow();
                }
                heard.add("x");
            }
        };
        cache.watch(ALL, start, outer).orElseThrow();
        Revision two = put("/r/a", "2", start);
        until(inner, put("/r/a", "3", two));
        assertThat(inner.heard()).containsExactly("/r/a 1->2", "/r/a 2->3");
        assertThat(inner.faults).isEmpty();
    }

    @Test
    void whatIsDerivedFromAChangeIsComputedOnce() throws Exception {
        Revision start = create("/r/a", "1");
        open();
        var slot = new Cache.Slot<String>();
        var other = new Cache.Slot<String>();
        var computed = new AtomicInteger();
        var seen = new java.util.concurrent.CopyOnWriteArrayList<String>();
        for (int i = 0; i < 5; i++) {
            cache.watch(ALL, start, new Recorder(start) {
                @Override
                public synchronized void changed(Cache.Change<String> change) {
                    seen.add(change.derived(slot, it -> it.key() + "#" + computed.incrementAndGet()));
                    seen.add(change.derived(other, _ -> "other"));
                }
            });
        }
        reach(put("/r/a", "2", start));
        long deadline = System.nanoTime() + SOON.toNanos();
        while (seen.size() < 10) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
        assertThat(computed).hasValue(1);
        assertThat(seen).containsOnly("/r/a#1", "other");
    }

    @Test
    void whatCannotBeDecodedIsLeftOutAndCountedUntilItCanBe() throws Exception {
        Revision broken = create("/r/a", "broken from the start");
        create("/r/b", "fine");
        open();
        assertThat(cache.undecodable()).isEqualTo(1);
        assertThat(cache.list(ALL).items()).extracting(Cache.Cached::value).containsExactly("fine");
        var recorder = new Recorder(cache.list(ALL), ALL);
        cache.watch(ALL, cache.revision(), recorder).orElseThrow();
        Revision mended = put("/r/a", "mended", broken);
        Revision brokenAgain = put("/r/a", "broken again", mended);
        Revision gone = delete("/r/a", brokenAgain);
        until(recorder, gone);
        assertThat(recorder.heard()).containsExactly("/r/a null->mended", "/r/a mended->null");
        assertThat(cache.undecodable()).isZero();
    }

    @Test
    void aClosedCacheTellsItsListenersAndReleasesThoseWhoWait() throws Exception {
        Revision start = create("/r/a", "1");
        open();
        var recorder = new Recorder(start);
        cache.watch(ALL, start, recorder).orElseThrow();
        var waiting = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try {
                return cache.await(Revision.of(1000), SOON);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        cache.close();
        assertThat(waiting.get(10, java.util.concurrent.TimeUnit.SECONDS)).isFalse();
        assertThat(recorder.lost()).contains("closed");
        assertThat(cache.watch(ALL, start, recorder)).isEmpty();
    }

    @Test
    void aStoreThatCannotBeListedIsAnErrorAtOpening() {
        store.close();
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("closed");
    }

    @Test
    void sinceLastHeardIsShortWhileTheStoreIsWell() throws Exception {
        open();
        Thread.sleep(1500);
        assertThat(cache.sinceLastHeard()).isBetween(Duration.ZERO, Duration.ofSeconds(5));
    }

    static void until(Recorder recorder, Revision revision) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (revision.isAfter(recorder.last())) {
            assertThat(System.nanoTime())
                    .as("%s of %s", recorder.last(), revision)
                    .isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    static List<String> values(Cache.Snapshot<String> snapshot) {
        return snapshot.items().stream().map(Cache.Cached::value).toList();
    }
}
