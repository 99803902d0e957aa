package dev.muster.apiserver.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Revision;
import dev.muster.testkit.clock.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
}
