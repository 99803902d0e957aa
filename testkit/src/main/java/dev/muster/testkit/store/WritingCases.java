package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Write;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compare and swap, whole: what is there against what is expected, for both mutations. */
interface WritingCases extends StoreCases {

    Key KEY = Key.of("/w/key");

    @Test
    default void aPutExpectingAbsenceCreates() {
        Revision revision = create("/w/key", "one");
        Entry entry = store().get(KEY).orElseThrow();
        assertThat(entry.value()).isEqualTo(StoreCases.bytes("one"));
        assertThat(entry.created()).isEqualTo(revision);
        assertThat(entry.modified()).isEqualTo(revision);
    }

    @Test
    default void aPutExpectingAbsenceOfAPresentKeyIsAConflictThatShowsIt() {
        create("/w/key", "one");
        assertConflict(tryPut("/w/key", "two", Revision.NONE), "one");
    }

    @Test
    default void aPutExpectingThePresentRevisionReplacesAndKeepsTheCreation() {
        Revision created = create("/w/key", "one");
        Revision modified = put("/w/key", "two", created);
        Entry entry = store().get(KEY).orElseThrow();
        assertThat(StoreCases.text(entry)).isEqualTo("two");
        assertThat(entry.created()).isEqualTo(created);
        assertThat(entry.modified()).isEqualTo(modified);
        assertThat(modified.isAfter(created)).isTrue();
    }

    @Test
    default void aPutExpectingAnOldRevisionIsAConflict() {
        Revision first = create("/w/key", "one");
        put("/w/key", "two", first);
        assertConflict(tryPut("/w/key", "three", first), "two");
    }

    @Test
    default void aPutExpectingAFutureRevisionIsAConflict() {
        Revision first = create("/w/key", "one");
        assertConflict(tryPut("/w/key", "two", Revision.of(first.value() + 1)), "one");
    }

    @Test
    default void aPutExpectingPresenceOfAnAbsentKeyIsAConflictWithNothing() {
        Revision other = create("/w/other", "x");
        assertThat(tryPut("/w/key", "one", other)).isEqualTo(new Write.Conflict(Optional.empty()));
        assertThat(store().get(KEY)).isEmpty();
    }

    @Test
    default void aDeleteExpectingThePresentRevisionRemoves() {
        Revision created = create("/w/key", "one");
        Revision deleted = delete("/w/key", created);
        assertThat(deleted.isAfter(created)).isTrue();
        assertThat(store().get(KEY)).isEmpty();
        assertThat(store().revision()).isEqualTo(deleted);
    }

    @Test
    default void aDeleteExpectingAnotherRevisionIsAConflict() {
        Revision first = create("/w/key", "one");
        Revision second = put("/w/key", "two", first);
        assertConflict(store().write(new Mutation.Delete(KEY, first)), "two");
        assertThat(store().get(KEY).orElseThrow().modified()).isEqualTo(second);
    }

    @Test
    default void aDeleteOfAnAbsentKeyIsAConflictWhateverIsExpected() {
        Revision other = create("/w/other", "x");
        assertThat(store().write(new Mutation.Delete(KEY, Revision.NONE)))
                .isEqualTo(new Write.Conflict(Optional.empty()));
        assertThat(store().write(new Mutation.Delete(KEY, other))).isEqualTo(new Write.Conflict(Optional.empty()));
    }

    @Test
    default void aDeleteExpectingAbsenceOfAPresentKeyIsAConflict() {
        create("/w/key", "one");
        assertConflict(store().write(new Mutation.Delete(KEY, Revision.NONE)), "one");
    }

    @Test
    default void aDeletedKeyCanBeMadeAgainAndIsNewThen() {
        Revision deleted = delete("/w/key", create("/w/key", "one"));
        Revision again = create("/w/key", "two");
        assertThat(again.isAfter(deleted)).isTrue();
        assertThat(store().get(KEY).orElseThrow().created()).isEqualTo(again);
    }

    @Test
    default void theRevisionOfADeletedKeyIsNoLongerExpectable() {
        Revision created = create("/w/key", "one");
        Revision deleted = delete("/w/key", created);
        assertThat(tryPut("/w/key", "two", created)).isEqualTo(new Write.Conflict(Optional.empty()));
        assertThat(tryPut("/w/key", "two", deleted)).isEqualTo(new Write.Conflict(Optional.empty()));
    }

    @Test
    default void puttingTheSameValueIsAChangeToo() {
        Revision first = create("/w/key", "same");
        assertThat(put("/w/key", "same", first).isAfter(first)).isTrue();
    }

    @Test
    default void whatIsRefusedRaisesNoRevision() {
        Revision created = create("/w/key", "one");
        tryPut("/w/key", "two", Revision.NONE);
        store().write(new Mutation.Delete(Key.of("/w/none"), created));
        assertThat(store().revision()).isEqualTo(created);
    }

    @Test
    default void aWriteConcernsItsOwnKeyAlone() {
        Revision one = create("/w/key", "one");
        create("/w/key2", "two");
        create("/w/key/below", "three");
        put("/w/key", "changed", one);
        assertThat(StoreCases.shown(page("/w/").entries()))
                .containsExactly("/w/key=changed", "/w/key/below=three", "/w/key2=two");
    }

    private static void assertConflict(Write write, String actual) {
        assertThat(write).isInstanceOf(Write.Conflict.class);
        assertThat(((Write.Conflict) write).actual().map(StoreCases::text)).contains(actual);
    }
}
