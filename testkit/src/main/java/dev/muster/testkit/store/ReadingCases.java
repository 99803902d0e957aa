package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Write;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Single keys and their bytes. */
interface ReadingCases extends StoreCases {

    @Test
    default void anAbsentKeyIsEmpty() {
        assertThat(store().get(Key.of("/r/none"))).isEmpty();
    }

    @Test
    default void anEmptyStoreListsNothing() {
        assertThat(page("/").entries()).isEmpty();
        assertThat(page("/").more()).isFalse();
    }

    @Test
    default void anEmptyValueIsAValue() {
        create("/r/empty", "");
        assertThat(store().get(Key.of("/r/empty")).orElseThrow().value()).isEmpty();
        assertThat(page("/r/").entries()).hasSize(1);
    }

    @Test
    default void everyByteComesBackAsItWas() {
        var all = new byte[256 * 5];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 7);
        }
        StoreCases.done(store().write(new Mutation.Put(Key.of("/r/bytes"), all, Revision.NONE)));
        assertThat(store().get(Key.of("/r/bytes")).orElseThrow().value()).isEqualTo(all);
    }

    @Test
    default void aKeyIsMatchedByteByByte() {
        create("/r/Case", "upper");
        create("/r/case", "lower");
        create("/r/case ", "blank");
        create("/r/é", "composed");
        create("/r/e\u0301", "decomposed");
        create("/r/%_*?[a]", "pattern");
        assertThat(store().get(Key.of("/r/Case")).map(StoreCases::text)).contains("upper");
        assertThat(store().get(Key.of("/r/e\u0301")).map(StoreCases::text)).contains("decomposed");
        assertThat(store().get(Key.of("/r/%_*?[b]"))).isEmpty();
        assertThat(page("/r/").entries()).hasSize(6);
        assertThat(page("/r/%").entries()).hasSize(1);
    }

    @Test
    default void aKeyThatIsNotWellFormedUnicodeIsRejectedAndNeverFound() {
        create("/r/?", "an innocent neighbour");
        Key broken = Key.of("/r/\ud800");
        assertThat(store().write(new Mutation.Put(broken, new byte[1], Revision.NONE)))
                .isInstanceOf(Write.Rejected.class);
        assertThat(store().get(broken)).isEmpty();
    }

    @Test
    default void readsSeeEveryAcknowledgedWrite() {
        var random = new Random(1);
        Revision revision = create("/r/counter", "0");
        for (int i = 1; i <= 100; i++) {
            revision = put("/r/counter", Integer.toString(i), revision);
            assertThat(store().revision().value()).isGreaterThanOrEqualTo(revision.value());
            if (random.nextBoolean()) {
                assertThat(store().get(Key.of("/r/counter")).map(StoreCases::text))
                        .contains(Integer.toString(i));
            } else {
                assertThat(StoreCases.shown(page("/r/").entries())).containsExactly("/r/counter=" + i);
            }
        }
    }
}
