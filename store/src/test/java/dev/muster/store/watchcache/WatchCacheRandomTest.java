package dev.muster.store.watchcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Write;
import dev.muster.testkit.store.HeapStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers, broken watches and listeners that come at any time and from any remembered revision; in the end every one of
 * them has rebuilt exactly what the store holds.
 */
@Timeout(120)
final class WatchCacheRandomTest {

    private static final List<Key> PREFIXES =
            List.of(Key.of("/r/"), Key.of("/r/a/"), Key.of("/r/b/"), Key.of("/r/a/k1"), Key.of("/r/none/"));

    private final HeapStore heap = new HeapStore();
    private final FlakyStore store = new FlakyStore(heap);
    private final WatchCache<String> cache = WatchCache.open(
            store,
            WatchCacheTest.ALL,
            WatchCacheTest::decode,
            WatchCacheOptions.DEFAULT.remembering(400, Duration.ofHours(1)).retrying(Duration.ofMillis(1)));

    private record Listening(Key prefix, Recorder recorder) {}

    @AfterEach
    void close() {
        cache.close();
        heap.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyListenerEndsWithWhatTheStoreHolds(long seed) throws Exception {
        var listening = new ArrayList<Listening>();
        try (var executor = Executors.newFixedThreadPool(5)) {
            var parts = new ArrayList<Future<List<Listening>>>();
            for (int i = 0; i < 2; i++) {
                long own = seed * 100 + i;
                parts.add(executor.submit(() -> write(new Random(own))));
                parts.add(executor.submit(() -> listen(new Random(own + 50))));
            }
            parts.add(executor.submit(() -> disturb()));
            for (var part : parts) {
                listening.addAll(part.get());
            }
        }
        Revision last = WatchCacheTest.put(heap, "/r/last", "x", Revision.NONE);
        assertThat(cache.await(last, WatchCacheTest.SOON)).isTrue();
        var present = stored();
        assertThat(asMap(cache.list(WatchCacheTest.ALL))).isEqualTo(present);
        for (Cache.Cached<String> item : cache.list(WatchCacheTest.ALL).items()) {
            assertThat(cache.get(item.key())).contains(item);
        }
        assertThat(cache.get(Key.of("/r/none"))).isEmpty();
        // One that fell behind while the past was told to it has been told so, and lists again as every client must.
        listening.removeIf(one -> one.recorder.lost().equals("it fell behind what is remembered"));
        assertThat(listening).hasSizeGreaterThan(30);
        for (Listening one : listening) {
            WatchCacheTest.until(one.recorder, last);
            assertThat(one.recorder.faults).isEmpty();
            assertThat(one.recorder.lost()).isEmpty();
            var expected = new TreeMap<>(present);
            expected.keySet().removeIf(key -> !key.startsWith(one.prefix));
            assertThat(one.recorder.state).isEqualTo(expected);
        }
    }

    private List<Listening> write(Random random) {
        for (int i = 0; i < 3000; i++) {
            Key key = Key.of("/r/" + "abc".charAt(random.nextInt(3)) + "/k" + random.nextInt(12));
            Revision expected = heap.get(key).map(Entry::modified).orElse(Revision.NONE);
            Mutation mutation = random.nextInt(4) == 0 && expected.value() > 0
                    ? new Mutation.Delete(key, expected)
                    : new Mutation.Put(key, value(random), expected);
            Write write = heap.write(mutation);
            assertThat(write).isInstanceOfAny(Write.Done.class, Write.Conflict.class);
        }
        return List.of();
    }

    private static byte[] value(Random random) {
        String text = (random.nextInt(10) == 0 ? "broken" : "v") + random.nextInt(1000);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<Listening> listen(Random random) throws InterruptedException {
        var mine = new ArrayList<Listening>();
        for (int i = 0; i < 40; i++) {
            Key prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
            Cache.Snapshot<String> start = cache.list(prefix);
            Thread.sleep(random.nextInt(3));
            var recorder = new Recorder(start, prefix);
            // Empty if more has happened meanwhile than is remembered: list again, as every client must.
            if (cache.watch(prefix, start.revision(), recorder).isPresent()) {
                mine.add(new Listening(prefix, recorder));
            }
        }
        return mine;
    }

    private List<Listening> disturb() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            Thread.sleep(5);
            store.breakWatches();
        }
        return List.of();
    }

    private TreeMap<Key, String> stored() {
        var page = (Listing.Page) heap.list(WatchCacheTest.ALL, Optional.empty(), Revision.NONE, 0);
        var present = new TreeMap<Key, String>();
        for (Entry entry : page.entries()) {
            String text = new String(entry.value(), StandardCharsets.UTF_8);
            if (!text.startsWith("broken")) {
                present.put(entry.key(), text);
            }
        }
        return present;
    }

    private static TreeMap<Key, String> asMap(Cache.Snapshot<String> snapshot) {
        var map = new TreeMap<Key, String>();
        snapshot.items().forEach(item -> map.put(item.key(), item.value()));
        return map;
    }
}
