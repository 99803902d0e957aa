package dev.muster.bench.store;

import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Write;
import dev.muster.store.sqlite.SqliteOptions;
import dev.muster.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Durable compare-and-swap writes of 1 KB over 10,000 keys, by number of threads. Argument: a folder on a real disk. */
public final class StoreWrites {

    private static final int KEYS = 10_000;
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 1_500_000_000L;
    private static final int MOST = 200_000;

    private StoreWrites() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Table.row("threads", "writes/s (median of " + ROUNDS + ")", "best", "p50 ms", "p99 ms");
        Table.row("---", "---", "---", "---", "---");
        for (int threads : new int[] {1, 4, 16, 64, 256}) {
            measure(folder, threads);
        }
    }

    private static void measure(Path parent, int threads) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(parent, "bench");
        try (var store = SqliteStore.open(folder, SqliteOptions.DEFAULT)) {
            var revisions = new Revision[KEYS];
            Arrays.fill(revisions, Revision.NONE);
            round(store, threads, revisions);
            var rates = new double[ROUNDS];
            var last = new long[] {};
            for (int i = 0; i < ROUNDS; i++) {
                long began = System.nanoTime();
                last = round(store, threads, revisions);
                rates[i] = last.length / ((System.nanoTime() - began) / 1e9);
                store.compact(store.revision());
            }
            Arrays.sort(last);
            Table.row(
                    threads,
                    Table.median(rates),
                    Arrays.stream(rates).max().orElse(0),
                    Table.quantile(last, last.length, 0.5) / 1e6,
                    Table.quantile(last, last.length, 0.99) / 1e6);
        }
    }

    /** Each thread writes keys of its own, for a while; the times of all writes. */
    private static long[] round(SqliteStore store, int threads, Revision[] revisions) throws InterruptedException {
        var times = new long[MOST];
        var next = new AtomicInteger();
        long end = System.nanoTime() + ROUND_NANOS;
        var done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            int own = t;
            Thread.ofVirtual().start(() -> {
                var random = new Random(own);
                var value = new byte[1024];
                random.nextBytes(value);
                while (System.nanoTime() < end) {
                    int key = own + threads * random.nextInt(KEYS / threads);
                    long began = System.nanoTime();
                    Write write = store.write(new Mutation.Put(Key.of("/bench/" + key), value, revisions[key]));
                    revisions[key] = ((Write.Done) write).revision();
                    int slot = next.getAndIncrement();
                    if (slot < MOST) {
                        times[slot] = System.nanoTime() - began;
                    }
                }
                done.countDown();
            });
        }
        done.await();
        return Arrays.copyOf(times, Math.min(MOST, next.get()));
    }
}
