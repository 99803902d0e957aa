package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Large values, and too large ones. */
interface SizeCases extends StoreCases {

    int MEBIBYTE = 1 << 20;

    @Test
    default void aValueOfOneMebibyteIsKeptListedAndWatched() {
        byte[] large = random(MEBIBYTE);
        Revision start = create("/s/start", "x");
        Revision last = StoreCases.done(store().write(new Mutation.Put(Key.of("/s/large"), large, Revision.NONE)));
        assertThat(store().get(Key.of("/s/large")).orElseThrow().value()).isEqualTo(large);
        assertThat(page("/s/large").entries().getFirst().value()).isEqualTo(large);
        try (Watch watch = store().watch(Key.of("/s/"), start)) {
            var events = Watching.until(watch, last);
            assertThat(events).hasSize(1);
            assertThat(events.getFirst().now().orElseThrow().value()).isEqualTo(large);
        }
    }

    @Test
    default void aValueOfTwoMebibytesIsRejectedAndNothingChanges() {
        Revision start = create("/s/a", "x");
        Write write = store().write(new Mutation.Put(Key.of("/s/a"), random(2 * MEBIBYTE), start));
        assertThat(write).isInstanceOf(Write.Rejected.class);
        assertThat(((Write.Rejected) write).why()).contains("too large");
        assertThat(StoreCases.shown(page("/s/").entries())).containsExactly("/s/a=x");
        assertThat(store().revision()).isEqualTo(start);
        put("/s/a", "the store goes on", start);
    }

    @Test
    default void aKeyOfAThousandBytesIsAKey() {
        Key key = Key.of("/s/" + "k".repeat(1000));
        create(key.path(), "x");
        assertThat(store().get(key)).isPresent();
    }

    @Test
    default void aKeyOfAHundredThousandBytesIsRejected() {
        Key key = Key.of("/s/" + "k".repeat(100_000));
        assertThat(store().write(new Mutation.Put(key, new byte[1], Revision.NONE)))
                .isInstanceOf(Write.Rejected.class);
        assertThat(store().get(key)).isEmpty();
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
