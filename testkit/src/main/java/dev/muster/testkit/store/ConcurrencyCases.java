package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many at once: nothing is lost, nobody is told twice. */
interface ConcurrencyCases extends StoreCases {

    int THREADS = 8;
    int ROUNDS = 40;

    @Test
    default void countersRaisedByManyLoseNothing() throws Exception {
        create("/c/0", "0");
        create("/c/1", "0");
        together(THREADS, thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                increment(Key.of("/c/" + (thread + i) % 2));
            }
            return null;
        });
        int sum = page("/c/").entries().stream()
                .mapToInt(entry -> Integer.parseInt(StoreCases.text(entry)))
                .sum();
        assertThat(sum).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    default void ofManyCreatorsExactlyOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            Key key = Key.of("/c/prize" + round);
            List<Write> writes = together(
                    THREADS,
                    thread -> store().write(new Mutation.Put(key, StoreCases.bytes("by" + thread), Revision.NONE)));
            assertThat(writes).filteredOn(Write.Done.class::isInstance).hasSize(1);
            assertThat(writes).filteredOn(Write.Conflict.class::isInstance).hasSize(THREADS - 1);
        }
    }

    @Test
    default void everyAcknowledgedWriteHasARevisionOfItsOwn() throws Exception {
        Set<Revision> seen = ConcurrentHashMap.newKeySet();
        together(THREADS, thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(seen.add(create("/c/" + thread + "/" + i, "x"))).isTrue();
            }
            return null;
        });
        assertThat(seen).hasSize(THREADS * ROUNDS);
    }

    @Test
    default void watchesAmidWritersHearEachChangeOnceAndInOrder() throws Exception {
        Revision start = create("/c/start", "x");
        List<List<Event>> heard = together(THREADS, thread -> {
            if (thread % 2 == 0) {
                for (int i = 0; i < ROUNDS; i++) {
                    create("/c/" + thread + "/" + i, "x");
                }
                create("/c/end/" + thread, "x");
                return List.of();
            }
            return hearTheEnd(start);
        });
        List<Event> first = heard.get(1);
        assertThat(first).hasSize(THREADS / 2 * (ROUNDS + 1));
        assertThat(first).extracting(Event::revision).isSorted().doesNotHaveDuplicates();
        assertThat(heard)
                .filteredOn(events -> !events.isEmpty())
                .extracting(events -> events.stream().map(Watching::shown).toList())
                .containsOnly(first.stream().map(Watching::shown).toList());
    }

    private List<Event> hearTheEnd(Revision start) {
        var missing = new HashSet<Key>();
        IntStream.range(0, THREADS / 2).forEach(i -> missing.add(Key.of("/c/end/" + 2 * i)));
        var events = new ArrayList<Event>();
        try (Watch watch = store().watch(Key.of("/c/"), start)) {
            long deadline = System.nanoTime() + Watching.DEADLINE.toNanos();
            while (!missing.isEmpty()) {
                assertThat(System.nanoTime()).as("heard of %s in time", missing).isLessThan(deadline);
                if (Watching.next(watch) instanceof Watch.Signal.Changes changes) {
                    events.addAll(changes.events());
                    changes.events().forEach(event -> missing.remove(event.key()));
                }
            }
        }
        return events;
    }

    @Test
    default void aListingIsOfOneMomentEvenAmidWriters() throws Exception {
        Revision one = create("/c/a", "0");
        Revision two = create("/c/b", "0");
        var over = new AtomicBoolean();
        together(2, thread -> {
            if (thread == 0) {
                writePairs(one, two);
                over.set(true);
                return null;
            }
            while (!over.get()) {
                var listing = (Listing.Page) store().list(Key.of("/c/"), Optional.empty(), Revision.NONE, 0);
                int a = Integer.parseInt(StoreCases.text(listing.entries().get(0)));
                int b = Integer.parseInt(StoreCases.text(listing.entries().get(1)));
                // a is always raised first.
                assertThat(a - b).isBetween(0, 1);
                assertThat(listing.entries())
                        .extracting(Entry::modified)
                        .allMatch(modified -> !modified.isAfter(listing.revision()));
            }
            return null;
        });
    }

    private void writePairs(Revision a, Revision b) {
        Revision lastA = a;
        Revision lastB = b;
        for (int i = 1; i <= 3 * ROUNDS; i++) {
            lastA = put("/c/a", Integer.toString(i), lastA);
            lastB = put("/c/b", Integer.toString(i), lastB);
        }
    }

    private void increment(Key key) {
        while (true) {
            Entry entry = store().get(key).orElseThrow();
            var next = Integer.toString(Integer.parseInt(StoreCases.text(entry)) + 1);
            Write write = store().write(new Mutation.Put(key, StoreCases.bytes(next), entry.modified()));
            if (write instanceof Write.Done) {
                return;
            }
            assertThat(write).isInstanceOf(Write.Conflict.class);
        }
    }

    /** One part of a case that runs on several threads. */
    interface Part<T> {
        T run(int thread) throws Exception;
    }

    private static <T> List<T> together(int threads, Part<T> part) throws Exception {
        try (var executor = Executors.newFixedThreadPool(threads)) {
            List<Callable<T>> parts = IntStream.range(0, threads)
                    .<Callable<T>>mapToObj(thread -> () -> part.run(thread))
                    .toList();
            var results = new ArrayList<T>();
            for (Future<T> future : executor.invokeAll(parts)) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    throw new AssertionError(e.getCause());
                }
            }
            return results;
        }
    }
}
