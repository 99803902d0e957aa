package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The suite itself: stores that are wrong in one way each fail it, and a declared gap is held to be one. */
final class MutantsTest {

    /** A store that is wrong, and how. */
    record Wrong(String how, Supplier<Store> open) {
        @Override
        public String toString() {
            return how;
        }
    }

    static List<Wrong> wrong() {
        return List.of(
                new Wrong("accepts a stale expectation", MutantsTest::acceptsStale),
                new Wrong("deletes what is absent", MutantsTest::deletesTheAbsent),
                new Wrong("lists only the present", MutantsTest::listingOnlyNow),
                new Wrong("forgets what was before", MutantsTest::forgetsWhatWasBefore),
                new Wrong("loses an event", MutantsTest::losesAnEvent),
                new Wrong("tells an event twice", MutantsTest::tellsTwice),
                new Wrong("never says that there is more", MutantsTest::neverSaysMore),
                new Wrong("forgets when a key was made", MutantsTest::forgetsTheCreation));
    }

    private static long failures(Supplier<Store> open, Set<Behaviour> lacks) {
        return MutantSuite.with(
                open,
                lacks,
                () -> EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(MutantSuite.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .count());
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongStoreFailsTheSuite(Wrong wrong) {
        assertThat(failures(wrong.open, Set.of())).isPositive();
    }

    @Test
    void aDeclaredGapPassesAndAClosedOneDoesNot() {
        assertThat(failures(MutantsTest::listingOnlyNow, Set.of(Behaviour.LISTING_THE_PAST)))
                .isZero();
        assertThat(failures(HeapStore::new, Set.of(Behaviour.VALUE_BEFORE_A_CHANGE)))
                .isPositive();
    }

    /** A right store, to be made wrong. */
    private static class Mutant implements Store {

        final HeapStore heap = new HeapStore();

        @Override
        public Optional<Entry> get(Key key) {
            return heap.get(key);
        }

        @Override
        public Listing list(Key prefix, Optional<Key> after, Revision at, int limit) {
            return heap.list(prefix, after, at, limit);
        }

        @Override
        public Write write(Mutation mutation) {
            return heap.write(mutation);
        }

        @Override
        public Watch watch(Key prefix, Revision after) {
            Watch watch = heap.watch(prefix, after);
            return new Watch() {
                @Override
                public Signal next(Duration wait) throws InterruptedException {
                    Signal signal = watch.next(wait);
                    if (signal instanceof Signal.Changes changes) {
                        List<Event> told = told(changes.events());
                        return told.isEmpty()
                                ? new Signal.Progress(changes.revision())
                                : new Signal.Changes(told, changes.revision());
                    }
                    return signal;
                }

                @Override
                public void close() {
                    watch.close();
                }
            };
        }

        List<Event> told(List<Event> events) {
            return events;
        }

        @Override
        public Revision revision() {
            return heap.revision();
        }

        @Override
        public void compact(Revision before) {
            heap.compact(before);
        }

        @Override
        public void close() {
            heap.close();
        }
    }

    private static Store listingOnlyNow() {
        return new Mutant() {
            @Override
            public Listing list(Key prefix, Optional<Key> after, Revision at, int limit) {
                return switch (heap.list(prefix, after, at, limit)) {
                    case Listing.Page _ -> {
                        var now = (Listing.Page) heap.list(prefix, after, Revision.NONE, limit);
                        yield at.value() == 0 ? now : new Listing.Page(now.entries(), at, now.more());
                    }
                    case Listing other -> other;
                };
            }
        };
    }

    private static Store acceptsStale() {
        return new Mutant() {
            @Override
            public Write write(Mutation mutation) {
                if (mutation instanceof Mutation.Put put && put.expected().value() > 0) {
                    Revision actual = heap.get(put.key()).map(Entry::modified).orElse(put.expected());
                    return heap.write(new Mutation.Put(put.key(), put.value(), actual));
                }
                return heap.write(mutation);
            }
        };
    }

    private static Store deletesTheAbsent() {
        return new Mutant() {
            @Override
            public Write write(Mutation mutation) {
                boolean absent = mutation instanceof Mutation.Delete
                        && heap.get(mutation.key()).isEmpty();
                return absent ? new Write.Done(heap.revision()) : heap.write(mutation);
            }
        };
    }

    private static Store forgetsWhatWasBefore() {
        return new Mutant() {
            @Override
            List<Event> told(List<Event> events) {
                return events.stream()
                        .map(e -> new Event(e.key(), e.now(), Optional.empty(), e.revision()))
                        .toList();
            }
        };
    }

    private static Store losesAnEvent() {
        return new Mutant() {
            @Override
            List<Event> told(List<Event> events) {
                return events.stream()
                        .filter(e -> e.revision().value() % 10 != 0 || e.key().startsWith(Key.of("/c/end/")))
                        .toList();
            }
        };
    }

    private static Store tellsTwice() {
        return new Mutant() {
            private Optional<Event> last = Optional.empty();

            @Override
            List<Event> told(List<Event> events) {
                var told = new ArrayList<Event>();
                last.ifPresent(told::add);
                told.addAll(events);
                last = Optional.of(events.getLast());
                return told;
            }
        };
    }

    private static Store neverSaysMore() {
        return new Mutant() {
            @Override
            public Listing list(Key prefix, Optional<Key> after, Revision at, int limit) {
                return heap.list(prefix, after, at, limit) instanceof Listing.Page page
                        ? new Listing.Page(page.entries(), page.revision(), false)
                        : heap.list(prefix, after, at, limit);
            }
        };
    }

    private static Store forgetsTheCreation() {
        return new Mutant() {
            @Override
            public Optional<Entry> get(Key key) {
                return heap.get(key).map(e -> new Entry(key, e.value(), e.modified(), e.modified()));
            }
        };
    }
}
