package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Watch;
import dev.muster.testkit.store.Behaviour.Needed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Watches: replay, then live, each change once and in order, and an end that says why. */
interface WatchingCases extends StoreCases {

    @Test
    default void aWatchTellsWhatHappensAfterItBegan() {
        Revision before = create("/t/before", "x");
        try (Watch watch = store().watch(Key.of("/t/"), before)) {
            Revision a = create("/t/a", "1");
            Revision last = put("/t/a", "2", a);
            assertThat(Watching.until(watch, last))
                    .extracting(Watching::shown)
                    .containsExactly("/t/a -->1", "/t/a 1->2");
        }
    }

    @Test
    @Needed(Behaviour.WATCHING_FROM_THE_PAST)
    default void aWatchFromThePastTellsThatFirst() {
        Revision start = create("/t/a", "1");
        Revision two = put("/t/a", "2", start);
        Revision gone = delete("/t/a", two);
        try (Watch watch = store().watch(Key.of("/t/"), start)) {
            Revision last = create("/t/a", "3");
            List<Event> events = Watching.until(watch, last);
            assertThat(events).extracting(Event::revision).containsExactly(two, gone, last);
            assertThat(events).extracting(Watching::shown).containsExactly("/t/a 1->2", "/t/a 2->-", "/t/a -->3");
        }
    }

    @Test
    @Needed(Behaviour.VALUE_BEFORE_A_CHANGE)
    default void anEventCarriesTheEntriesBeforeAndAfter() {
        Revision one = create("/t/a", "1");
        Revision two = put("/t/a", "2", one);
        Revision gone = delete("/t/a", two);
        try (Watch watch = store().watch(Key.of("/t/"), one)) {
            List<Event> events = Watching.until(watch, gone);
            Event change = events.getFirst();
            assertThat(change.before().orElseThrow().modified()).isEqualTo(one);
            assertThat(change.before().orElseThrow().created()).isEqualTo(one);
            assertThat(change.now().orElseThrow().modified()).isEqualTo(two);
            assertThat(change.now().orElseThrow().created()).isEqualTo(one);
            Event deletion = events.getLast();
            assertThat(deletion.now()).isEmpty();
            assertThat(deletion.before().orElseThrow().modified()).isEqualTo(two);
            assertThat(deletion.revision()).isEqualTo(gone);
        }
    }

    @Test
    default void aWatchHearsOfNothingOutsideItsPrefix() {
        Revision start = create("/t/a", "1");
        try (Watch watch = store().watch(Key.of("/t/a/"), start)) {
            create("/t/ab", "x");
            create("/t/a/in", "x");
            create("/u/a/x", "x");
            Revision last = put("/t/a", "2", start);
            assertThat(Watching.until(watch, last)).extracting(Watching::shown).containsExactly("/t/a/in -->x");
        }
    }

    @Test
    default void aWatchWhoseKeysRestStillHearsHowFarTheStoreIs() {
        Revision start = create("/t/a", "1");
        try (Watch watch = store().watch(Key.of("/t/"), start)) {
            Revision last = create("/elsewhere", "x");
            assertThat(Watching.until(watch, last)).isEmpty();
        }
    }

    @Test
    default void aWatchOfAnIdleStoreReturnsInTime() {
        Revision start = create("/t/a", "1");
        try (Watch watch = store().watch(Key.of("/t/"), start)) {
            long began = System.nanoTime();
            Watch.Signal signal = Watching.next(watch);
            assertThat(signal).isInstanceOfAny(Watch.Signal.Silence.class, Watch.Signal.Progress.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    default void aWatchFromAheadTellsOnlyWhatComesAfterThat() {
        Revision first = create("/t/a", "1");
        try (Watch watch = store().watch(Key.of("/t/"), Revision.of(first.value() + 2))) {
            Revision second = put("/t/a", "2", first);
            Revision third = put("/t/a", "3", second);
            Revision last = put("/t/a", "4", third);
            assertThat(Watching.until(watch, last))
                    .extracting(Event::revision)
                    .allMatch(revision -> revision.value() > first.value() + 2)
                    .contains(last);
        }
    }

    @Test
    default void aWatchFromACompactedRevisionSaysSo() {
        Revision first = create("/t/a", "1");
        Revision second = put("/t/a", "2", first);
        Revision third = put("/t/a", "3", second);
        store().compact(third);
        try (Watch watch = store().watch(Key.of("/t/"), first)) {
            assertThat(Watching.end(watch)).isEqualTo(new Watch.Signal.Compacted(third));
            assertThat(Watching.end(watch)).isInstanceOf(Watch.Signal.Ended.class);
        }
    }

    @Test
    @Needed(Behaviour.VALUE_BEFORE_A_CHANGE)
    default void aWatchFromTheOldestRevisionLosesNothingToCompaction() {
        Revision first = create("/t/a", "1");
        Revision second = put("/t/a", "2", first);
        Revision third = put("/t/a", "3", second);
        store().compact(second);
        try (Watch watch = store().watch(Key.of("/t/"), second)) {
            assertThat(Watching.until(watch, third)).extracting(Watching::shown).containsExactly("/t/a 2->3");
        }
    }

    @Test
    default void aWatchThatKeptUpSurvivesCompaction() {
        Revision first = create("/t/a", "1");
        try (Watch watch = store().watch(Key.of("/t/"), first)) {
            Revision second = put("/t/a", "2", first);
            assertThat(Watching.until(watch, second)).hasSize(1);
            store().compact(second);
            Revision third = put("/t/a", "3", second);
            assertThat(Watching.until(watch, third)).extracting(Watching::shown).containsExactly("/t/a 2->3");
        }
    }

    @Test
    @Needed(Behaviour.WATCHING_FROM_THE_PAST)
    default void aLongReplayIsWholeAndInOrder() {
        Revision start = create("/t/start", "x");
        Revision last = start;
        for (int i = 0; i < 1300; i++) {
            last = create("/t/%05d".formatted(i), Integer.toString(i));
        }
        try (Watch watch = store().watch(Key.of("/t/"), start)) {
            List<Event> events = Watching.until(watch, last);
            assertThat(events).hasSize(1300);
            assertThat(events).extracting(Event::revision).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    @Needed(Behaviour.WATCHING_FROM_THE_PAST)
    default void watchesThatBeganAtDifferentTimesTellTheSame() {
        Revision start = create("/t/start", "x");
        try (Watch early = store().watch(ALL, start)) {
            for (int i = 0; i < 50; i++) {
                create("/t/early" + i, "x");
            }
            try (Watch late = store().watch(ALL, start)) {
                Revision last = start;
                for (int i = 0; i < 50; i++) {
                    last = create("/t/late" + i, "x");
                }
                assertThat(Watching.until(late, last))
                        .extracting(Watching::shown)
                        .hasSize(100)
                        .isEqualTo(Watching.until(early, last).stream()
                                .map(Watching::shown)
                                .toList());
            }
        }
    }

    @Test
    default void listThenWatchHasNoGap() {
        create("/t/a", "1");
        var page = page("/t/");
        create("/t/b", "1");
        try (Watch watch = store().watch(Key.of("/t/"), page.revision())) {
            Revision last = create("/t/c", "1");
            assertThat(Watching.until(watch, last))
                    .extracting(event -> event.now().map(entry -> entry.key().path()))
                    .containsExactly(Optional.of("/t/b"), Optional.of("/t/c"));
        }
    }
}
