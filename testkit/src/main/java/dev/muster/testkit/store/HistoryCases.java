package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Revision;
import dev.muster.testkit.store.Behaviour.Needed;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Listing the past, and forgetting it. */
interface HistoryCases extends StoreCases {

    @Test
    @Needed(Behaviour.LISTING_THE_PAST)
    default void aListingOfThePastIsAsItWasThen() {
        Revision a1 = create("/h/a", "a1");
        Revision b1 = create("/h/b", "b1");
        Revision a2 = put("/h/a", "a2", a1);
        Revision bGone = delete("/h/b", b1);
        Revision b2 = create("/h/b", "b2");
        assertThat(StoreCases.shown(pageAt("/h/", a1).entries())).containsExactly("/h/a=a1");
        assertThat(StoreCases.shown(pageAt("/h/", b1).entries())).containsExactly("/h/a=a1", "/h/b=b1");
        assertThat(StoreCases.shown(pageAt("/h/", a2).entries())).containsExactly("/h/a=a2", "/h/b=b1");
        assertThat(StoreCases.shown(pageAt("/h/", bGone).entries())).containsExactly("/h/a=a2");
        assertThat(StoreCases.shown(pageAt("/h/", b2).entries())).containsExactly("/h/a=a2", "/h/b=b2");
        assertThat(pageAt("/h/", a2).revision()).isEqualTo(a2);
        Entry then = pageAt("/h/", a2).entries().getFirst();
        assertThat(then.created()).isEqualTo(a1);
        assertThat(then.modified()).isEqualTo(a2);
    }

    @Test
    default void aRevisionThatHasNotHappenedIsAhead() {
        Revision now = create("/h/a", "x");
        Listing listing = store().list(Key.of("/h/"), Optional.empty(), Revision.of(now.value() + 1), 0);
        assertThat(listing).isEqualTo(new Listing.Ahead(now));
    }

    @Test
    default void aCompactedRevisionSaysWhichIsTheOldest() {
        Revision first = create("/h/a", "1");
        Revision second = put("/h/a", "2", first);
        store().compact(second);
        assertThat(store().list(Key.of("/h/"), Optional.empty(), first, 0)).isEqualTo(new Listing.Compacted(second));
    }

    @Test
    @Needed(Behaviour.LISTING_THE_PAST)
    default void theValuesAtTheCompactedRevisionStay() {
        Revision a1 = create("/h/a", "a1");
        Revision b1 = create("/h/b", "b1");
        Revision c1 = create("/h/c", "c1");
        Revision a2 = put("/h/a", "a2", a1);
        Revision gone = delete("/h/c", c1);
        put("/h/a", "a3", a2);
        delete("/h/b", b1);
        store().compact(gone);
        assertThat(StoreCases.shown(pageAt("/h/", gone).entries())).containsExactly("/h/a=a2", "/h/b=b1");
        assertThat(StoreCases.shown(page("/h/").entries())).containsExactly("/h/a=a3");
    }

    @Test
    default void compactionChangesNothingThatIsPresent() {
        Revision revision = create("/h/a", "1");
        create("/h/old", "untouched since");
        for (int i = 2; i <= 20; i++) {
            revision = put("/h/a", Integer.toString(i), revision);
        }
        Listing.Page before = page("/h/");
        store().compact(revision);
        assertThat(page("/h/").entries())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(before.entries());
        assertThat(store().revision()).isEqualTo(revision);
        assertThat(store().get(Key.of("/h/a")).map(StoreCases::text)).contains("20");
    }

    @Test
    default void compactingToBeforeAnEarlierCompactionDoesNothing() {
        Revision first = create("/h/a", "1");
        Revision second = put("/h/a", "2", first);
        Revision third = put("/h/a", "3", second);
        store().compact(third);
        store().compact(first);
        store().compact(Revision.NONE);
        assertThat(store().list(Key.of("/h/"), Optional.empty(), second, 0)).isEqualTo(new Listing.Compacted(third));
    }

    @Test
    default void compactingToTheFutureCompactsToThePresent() {
        Revision first = create("/h/a", "1");
        Revision second = put("/h/a", "2", first);
        store().compact(Revision.of(second.value() + 1000));
        assertThat(store().list(Key.of("/h/"), Optional.empty(), first, 0)).isEqualTo(new Listing.Compacted(second));
        assertThat(put("/h/a", "3", second).isAfter(second)).isTrue();
    }

    @Test
    default void revisionsAreNotUsedAgainAfterEverythingIsDeletedAndCompacted() {
        Revision last = delete("/h/a", create("/h/a", "1"));
        store().compact(last);
        assertThat(page("/").revision()).isEqualTo(last);
        assertThat(create("/h/a", "again").isAfter(last)).isTrue();
    }

    @Test
    default void compareAndSwapDoesNotDependOnHistory() {
        Revision old = create("/h/a", "1");
        Revision other = create("/h/b", "1");
        store().compact(put("/h/b", "2", other));
        Revision next = put("/h/a", "2", old);
        store().compact(next);
        delete("/h/a", next);
        assertThat(StoreCases.shown(page("/h/").entries())).containsExactly("/h/b=2");
    }
}
