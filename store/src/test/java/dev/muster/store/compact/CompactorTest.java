package dev.muster.store.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Write;
import dev.muster.testkit.store.HeapStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is forgotten, and when. */
final class CompactorTest {

    private final HeapStore store = new HeapStore();
    private long seconds;
    private final Compactor compactor =
            new Compactor(store, Duration.ofSeconds(300), 50, () -> seconds * 1_000_000_000);
    private Revision last = Revision.NONE;

    @AfterEach
    void close() {
        compactor.close();
        store.close();
    }

    private void write(int times) {
        for (int i = 0; i < times; i++) {
            last = ((Write.Done) store.write(new Mutation.Put(Key.of("/a"), new byte[1], last))).revision();
        }
    }

    private void tickAt(long second) {
        seconds = second;
        compactor.tick();
    }

    private long oldest() {
        return store.list(Key.of("/"), Optional.empty(), Revision.of(1), 0) instanceof Listing.Compacted compacted
                ? compacted.oldest().value()
                : 1;
    }

    @Test
    void whatIsYoungerThanTheTimeStays() {
        write(10);
        tickAt(0);
        write(10);
        tickAt(200);
        write(10);
        tickAt(299);
        assertThat(oldest()).isEqualTo(1);
        tickAt(300);
        assertThat(oldest()).isEqualTo(10);
        tickAt(499);
        assertThat(oldest()).isEqualTo(10);
        tickAt(700);
        assertThat(oldest()).isEqualTo(30);
        assertThat(store.get(Key.of("/a"))).isPresent();
    }

    @Test
    void neverMoreThanTheNumberOfRevisionsStays() {
        write(200);
        tickAt(0);
        assertThat(oldest()).isEqualTo(150);
    }

    @Test
    void aStoreThatCannotBeCompactedIsTriedAgain() {
        store.close();
        assertThatCode(() -> tickAt(1000)).doesNotThrowAnyException();
    }

    @Test
    void itRunsByItselfUntilClosed() throws Exception {
        write(200);
        try (var running =
                new Compactor(store, Duration.ofHours(1), 50, System::nanoTime).start(Duration.ofMillis(5))) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (oldest() == 1) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.sleep(5);
            }
            assertThat(running).isNotNull();
        }
    }
}
