package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Event;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads watches in tests: with a deadline, and strictly. */
public final class Watching {

    static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(200);

    private Watching() {}

    /** All events up to the revision; fails if anything else is said, or is said out of order. */
    public static List<Event> until(Watch watch, Revision last) {
        var events = new ArrayList<Event>();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        long known = 0;
        while (known < last.value()) {
            assertThat(System.nanoTime())
                    .as("told up to %s of %s in time", known, last)
                    .isLessThan(deadline);
            switch (next(watch)) {
                case Watch.Signal.Changes changes -> {
                    assertThat(changes.events()).isNotEmpty();
                    long first = changes.events().getFirst().revision().value();
                    assertThat(first).as("revisions rise from call to call").isGreaterThan(known);
                    known = changes.revision().value();
                    assertThat(changes.events().getLast().revision().value()).isLessThanOrEqualTo(known);
                    events.addAll(changes.events());
                }
                case Watch.Signal.Progress progress -> {
                    assertThat(progress.revision().value()).isGreaterThanOrEqualTo(known);
                    known = progress.revision().value();
                }
                case Watch.Signal.Silence _ -> {}
                case Watch.Signal.Compacted end -> throw new AssertionError("unexpected " + end);
                case Watch.Signal.Ended end -> throw new AssertionError("unexpected " + end);
            }
        }
        return events;
    }

    /** What ends the watch. */
    public static Watch.Signal end(Watch watch) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < deadline) {
            Watch.Signal signal = next(watch);
            if (signal instanceof Watch.Signal.Compacted || signal instanceof Watch.Signal.Ended) {
                return signal;
            }
        }
        throw new AssertionError("the watch goes on");
    }

    static Watch.Signal next(Watch watch) {
        try {
            return watch.next(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An event as {@code key before->now}. */
    public static String shown(Event event) {
        return event.key() + " " + event.before().map(StoreCases::text).orElse("-") + "->"
                + event.now().map(StoreCases::text).orElse("-");
    }
}
