package dev.muster.bench.store;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Write;
import dev.muster.store.watchcache.WatchCache;
import dev.muster.store.watchcache.WatchCacheOptions;
import dev.muster.testkit.store.HeapStore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A cache of 100,000 objects of 1 KB in 1,000 namespaces: reading, listing, following, fanning out. */
public final class CacheReads {

    private static final int NAMESPACES = 1000;
    private static final int EACH = 100;
    private static final int ROUNDS = 5;
    private static final Key ALL = Key.of("/registry/secrets/");

    private CacheReads() {}

    public static void main(String[] arguments) throws Exception {
        try (var store = new HeapStore()) {
            var value = new byte[1024];
            for (int i = 0; i < NAMESPACES * EACH; i++) {
                store.write(new Mutation.Put(key(i), value, Revision.NONE));
            }
            store.compact(store.revision());
            long began = System.nanoTime();
            try (var cache = WatchCache.open(store, ALL, entry -> entry, WatchCacheOptions.DEFAULT)) {
                Table.row("what", "CPU of the thread, median of " + ROUNDS);
                Table.row("---", "---");
                Table.row("open, 100,000 objects, wall ms", (System.nanoTime() - began) / 1e6);
                reads(cache);
                writes(store, cache, value);
            }
        }
    }

    private static Key key(int i) {
        return Key.of("/registry/secrets/namespace-%04d/secret-%03d".formatted(i / EACH, i % EACH));
    }

    private static <T> void reads(Cache<T> cache) {
        var keys = new Key[4096];
        var random = new Random(1);
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(random.nextInt(NAMESPACES * EACH));
        }
        report("get, ns", 400_000, n -> {
            long found = 0;
            for (int i = 0; i < n; i++) {
                found += cache.get(keys[i & 4095]).isPresent() ? 1 : 0;
            }
            return found;
        });
        var namespace = Key.of("/registry/secrets/namespace-0500/");
        report("list of one namespace (100 objects), walked, ns", 20_000, n -> {
            long sum = 0;
            for (int i = 0; i < n; i++) {
                for (Cache.Cached<T> item : cache.list(namespace).items()) {
                    sum += item.revision().value();
                }
            }
            return sum;
        });
        report("list of all, the snapshot alone, ns", 100_000, n -> {
            long sum = 0;
            for (int i = 0; i < n; i++) {
                sum += cache.list(ALL).items().size();
            }
            return sum;
        });
        report("list of all (100,000 objects), walked, ns", 20, n -> {
            long sum = 0;
            for (int i = 0; i < n; i++) {
                for (Cache.Cached<T> item : cache.list(ALL).items()) {
                    sum += item.revision().value();
                }
            }
            return sum;
        });
    }

    /** The thread's own time: what others do on the machine does not count. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private interface Work {
        long run(int times);
    }

    private static void report(String what, int times, Work work) {
        var rounds = new double[ROUNDS];
        long sink = work.run(times);
        for (int i = 0; i < ROUNDS; i++) {
            long began = cpu();
            sink += work.run(times);
            rounds[i] = (cpu() - began) / (double) times;
        }
        if (sink == 42) {
            System.out.println();
        }
        Table.row(what, Table.median(rounds));
    }

    private static void writes(HeapStore store, Cache<?> cache, byte[] value) throws InterruptedException {
        LongSupplier update = update(store, value);
        var rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rounds[i] = follow(cache, update, 10_000);
        }
        Table.row("one change followed (memory store), wall us", Table.median(rounds));
        for (int listeners : new int[] {100, 10_000}) {
            var told = new AtomicLong();
            var subscriptions = new java.util.ArrayList<Cache.Subscription>();
            for (int i = 0; i < listeners; i++) {
                Key prefix = Key.of("/registry/secrets/namespace-%04d/".formatted(i % NAMESPACES));
                subscriptions.add(listen(cache, prefix, told));
            }
            for (int i = 0; i < ROUNDS; i++) {
                rounds[i] = follow(cache, update, 5_000);
            }
            Table.row(
                    "the same with " + listeners + " listeners, spread over the namespaces, wall us",
                    Table.median(rounds));
            subscriptions.forEach(Cache.Subscription::close);
        }
    }

    private static <T> Cache.Subscription listen(Cache<T> cache, Key prefix, AtomicLong told) {
        return cache.watch(prefix, cache.revision(), new Cache.Listener<T>() {
                    @Override
                    public void changed(Cache.Change<T> change) {
                        told.incrementAndGet();
                    }

                    @Override
                    public void progress(Revision revision) {}

                    @Override
                    public void lost(String why) {}
                })
                .orElseThrow();
    }

    private static LongSupplier update(HeapStore store, byte[] value) {
        var random = new Random(2);
        return () -> {
            Key key = key(random.nextInt(NAMESPACES * EACH));
            Revision expected = store.get(key).orElseThrow().modified();
            return ((Write.Done) store.write(new Mutation.Put(key, value, expected)))
                    .revision()
                    .value();
        };
    }

    private static double follow(Cache<?> cache, LongSupplier update, int times) throws InterruptedException {
        long began = System.nanoTime();
        long last = 0;
        for (int i = 0; i < times; i++) {
            last = update.getAsLong();
        }
        cache.await(Revision.of(last), Duration.ofMinutes(1));
        return (System.nanoTime() - began) / 1e3 / times;
    }
}
