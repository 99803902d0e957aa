package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of a store and of a watch. */
interface ClosingCases extends StoreCases {

    @Test
    default void aClosedStoreSaysSoAndStillAnswers() throws Exception {
        Store closed = another();
        closed.close();
        closed.close();
        assertThat(closed.write(new Mutation.Put(Key.of("/x"), new byte[1], Revision.NONE)))
                .isInstanceOf(Write.Rejected.class);
        assertThatThrownBy(() -> closed.get(Key.of("/x"))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> closed.list(ALL, Optional.empty(), Revision.NONE, 0))
                .isInstanceOf(StoreException.class);
    }

    @Test
    default void closingTheStoreEndsItsWatches() throws Exception {
        Store closed = another();
        try (Watch watch = closed.watch(ALL, Revision.NONE)) {
            CompletableFuture<Watch.Signal> end = waiting(watch);
            closed.close();
            assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(Watch.Signal.Ended.class);
            assertThat(Watching.end(watch)).isInstanceOf(Watch.Signal.Ended.class);
        }
    }

    @Test
    default void closingAWatchEndsItWhileItWaits() throws Exception {
        Revision now = create("/x", "x");
        Watch watch = store().watch(ALL, now);
        CompletableFuture<Watch.Signal> end = waiting(watch);
        watch.close();
        watch.close();
        assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(Watch.Signal.Ended.class);
    }

    @Test
    default void aClosedWatchTellsNothingMore() {
        Revision now = create("/x", "x");
        Watch watch = store().watch(ALL, now);
        watch.close();
        put("/x", "y", now);
        assertThat(Watching.next(watch)).isInstanceOf(Watch.Signal.Ended.class);
    }

    @Test
    default void manyWatchesMayBeOpenedAndClosed() {
        Revision now = create("/x", "x");
        for (int i = 0; i < 500; i++) {
            store().watch(ALL, now).close();
        }
        put("/x", "y", now);
    }

    private static CompletableFuture<Watch.Signal> waiting(Watch watch) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Watch.Signal signal = watch.next(Duration.ofSeconds(30));
                while (!(signal instanceof Watch.Signal.Ended)) {
                    signal = watch.next(Duration.ofSeconds(30));
                }
                return signal;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
