package dev.muster.apiserver.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Revision;
import dev.muster.testkit.clock.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LoopTest {

    private final ManualClock clock = new ManualClock();
    private final List<String> seen = new ArrayList<>();
    private boolean failing;
    private long visible;

    private final Loop loop = new Loop(
            "test",
            key -> {
                seen.add(key);
                if (failing) {
                    throw new IllegalStateException("not now");
                }
                return key.equals("again") ? Optional.of(Duration.ofMinutes(1)) : Optional.empty();
            },
            revision -> revision.value() <= visible,
            clock);

    private void runAll() {
        while (loop.step()) {
            // until nothing is due
        }
    }

    @Test
    void aKeyIsLookedAtOnceHoweverOftenItIsNamed() {
        loop.add("a");
        loop.add("a");
        loop.add("b");
        loop.add("a");
        runAll();
        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void aKeyNamedAfterItWasLookedAtIsLookedAtAgain() {
        loop.add("a");
        runAll();
        loop.add("a");
        runAll();
        assertThat(seen).containsExactly("a", "a");
    }

    @Test
    void failuresBackOffAndOneSuccessForgetsThem() {
        failing = true;
        loop.add("a");
        runAll();
        assertThat(seen).hasSize(1);
        clock.advance(Duration.ofMillis(50));
        runAll();
        assertThat(seen).hasSize(2);
        clock.advance(Duration.ofMillis(50));
        runAll();
        assertThat(seen).as("the second pause is twice as long").hasSize(2);
        clock.advance(Duration.ofMillis(50));
        runAll();
        assertThat(seen).hasSize(3);
        for (int i = 0; i < 40; i++) {
            clock.advance(Duration.ofMinutes(1));
            runAll();
        }
        assertThat(seen).as("never longer than a minute").hasSize(43);
        failing = false;
        clock.advance(Duration.ofMinutes(1));
        runAll();
        failing = true;
        loop.add("a");
        runAll();
        clock.advance(Duration.ofMillis(50));
        runAll();
        assertThat(seen).hasSize(46);
    }

    @Test
    void aReconcilerMayAskForAnotherLook() {
        loop.add("again");
        runAll();
        clock.advance(Duration.ofSeconds(59));
        runAll();
        assertThat(seen).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        runAll();
        assertThat(seen).hasSize(2);
    }

    @Test
    void somethingThatHappensComesBeforeALaterLook() {
        loop.add("again");
        runAll();
        loop.add("again");
        runAll();
        assertThat(seen).hasSize(2);
    }

    @Test
    void whatHappenedIsLookedAtOnlyOnceItCanBeSeen() {
        loop.add("a", Revision.of(7));
        runAll();
        assertThat(seen).isEmpty();
        visible = 7;
        clock.advance(Duration.ofMillis(50));
        runAll();
        assertThat(seen).containsExactly("a");
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void whatWasDoneIsCounted() {
        loop.add("a");
        loop.add("a");
        loop.add("again");
        runAll();
        failing = true;
        loop.add("b");
        runAll();
        assertThat(loop.stats().succeeded()).isEqualTo(2);
        assertThat(loop.stats().failed()).isEqualTo(1);
        assertThat(loop.stats().lastSuccess()).isEqualTo(clock.instant());
        assertThat(loop.depth()).as("one for later, one to be tried again").isEqualTo(2);
        assertThat(loop.added()).as("a, again, again later, b, b once more").isEqualTo(5);
        assertThat(loop.stats().problem()).as("keys fail, loops do not").isEmpty();
    }

    @Test
    void anObjectTooDeepIsNoEndForTheOthers() throws Exception {
        var done = new ArrayList<String>();
        try (var running = new Loop(
                "deep",
                key -> {
                    if (key.equals("deep")) {
                        throw new StackOverflowError();
                    }
                    done.add(key);
                    return Optional.empty();
                },
                _ -> true,
                clock)) {
            running.add("deep");
            running.start();
            eventually(() -> running.stats().failed() == 1);
            running.add("other");
            eventually(() -> done.size() == 1);
            assertThat(running.stats().problem()).isEmpty();
        }
    }

    @Test
    void aLoopThatHasDiedSaysSo() throws Exception {
        try (var running = new Loop(
                "dying",
                key -> {
                    throw new InternalError("broken");
                },
                _ -> true,
                clock)) {
            running.add("a");
            running.start();
            eventually(() -> running.stats().problem().isPresent());
            assertThat(running.stats().problem().orElseThrow())
                    .contains("has ended")
                    .contains("broken");
        }
    }

    @Test
    void aLoopThatWasClosedHasNotDied() throws Exception {
        var running = new Loop("closed", _ -> Optional.empty(), _ -> true, clock);
        running.start();
        Thread.sleep(20);
        running.close();
        Thread.sleep(50);
        assertThat(running.stats().problem()).isEmpty();
    }

    @Test
    void aLoopThatDoesNotGetOnSaysSoAndRecovers() throws Exception {
        var nanos = new AtomicLong();
        var release = new CountDownLatch(1);
        try (var running = new Loop(
                "stuck",
                key -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Optional.empty();
                },
                _ -> true,
                clock,
                nanos::get)) {
            running.add("one");
            running.start();
            eventually(() -> running.depth() == 0);
            Thread.sleep(50);
            nanos.addAndGet(Duration.ofMinutes(4).toNanos());
            assertThat(running.stats().problem()).isEmpty();
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertThat(running.stats().problem()).contains("it has been looking at one for 300 s");
            release.countDown();
            eventually(() -> running.stats().succeeded() == 1);
            assertThat(running.stats().problem()).isEmpty();
        }
    }
}
