package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Revision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Listing now: prefix, order, limit, going on. */
interface ListingCases extends StoreCases {

    List<String> AWKWARD = List.of(
            "/l/a",
            "/l/a/",
            "/l/a b",
            "/l/a-",
            "/l/a.b",
            "/l/a0",
            "/l/aa",
            "/l/b",
            "/l/\u007f",
            "/l/\u0080",
            "/l/\u07ff",
            "/l/\u0800",
            "/l/\ud7ff",
            "/l/\ue000",
            "/l/\uffff",
            "/l/\ud800\udc00",
            "/l/\udbff\udfff");

    @Test
    default void keysComeInTheOrderOfTheirUtf8Bytes() {
        AWKWARD.reversed().forEach(key -> create(key, "x"));
        List<byte[]> encoded = page("/l/").entries().stream()
                .map(entry -> entry.key().path().getBytes(StandardCharsets.UTF_8))
                .toList();
        assertThat(encoded).hasSize(AWKWARD.size()).isSortedAccordingTo(Arrays::compareUnsigned);
    }

    @Test
    default void aPrefixMatchesNeitherSiblingsNorParents() {
        for (String key : List.of("/l", "/l/a", "/l/ab/x", "/l/ab", "/l/abc", "/l/ac", "/m/ab/x")) {
            create(key, "x");
        }
        assertThat(StoreCases.shown(page("/l/ab/").entries())).containsExactly("/l/ab/x=x");
        assertThat(StoreCases.shown(page("/l/ab").entries())).containsExactly("/l/ab=x", "/l/ab/x=x", "/l/abc=x");
        assertThat(page("/n/").entries()).isEmpty();
        assertThat(page("/").entries()).hasSize(7);
    }

    @Test
    default void aLimitCutsAndSaysThatThereIsMore() {
        for (int i = 0; i < 5; i++) {
            create("/l/" + i, "x");
        }
        assertThat(list("/l/", Optional.empty(), 4)).satisfies(page -> {
            assertThat(page.entries()).hasSize(4);
            assertThat(page.more()).isTrue();
        });
        assertThat(list("/l/", Optional.empty(), 5).more()).isFalse();
        assertThat(list("/l/", Optional.empty(), 6).more()).isFalse();
        assertThat(list("/l/", Optional.empty(), 0).entries()).hasSize(5);
    }

    @Test
    default void moreMeansMoreBelowThePrefixOnly() {
        create("/l/a/1", "x");
        create("/l/b/1", "x");
        assertThat(list("/l/a/", Optional.empty(), 1).more()).isFalse();
    }

    @Test
    default void aListingGoesOnAfterAKeyWhetherItIsStillThereOrNot() {
        create("/l/a", "x");
        create("/l/c", "x");
        create("/l/d", "x");
        assertThat(StoreCases.shown(list("/l/", Optional.of(Key.of("/l/a")), 0).entries()))
                .containsExactly("/l/c=x", "/l/d=x");
        assertThat(StoreCases.shown(list("/l/", Optional.of(Key.of("/l/b")), 1).entries()))
                .containsExactly("/l/c=x");
        assertThat(list("/l/", Optional.of(Key.of("/l/d")), 0).entries()).isEmpty();
        assertThat(list("/l/", Optional.of(Key.of("/a")), 0).entries()).hasSize(3);
        assertThat(list("/l/", Optional.of(Key.of("/z")), 0).entries()).isEmpty();
    }

    @Test
    @Behaviour.Needed(Behaviour.LISTING_THE_PAST)
    default void pagesOfOneRevisionMakeTheWholeWhateverIsWrittenBetween() {
        for (int i = 0; i < 25; i++) {
            create("/l/%02d".formatted(i), "old");
        }
        List<Entry> whole = page("/l/").entries();
        Listing.Page first = list("/l/", Optional.empty(), 7);
        var collected = new ArrayList<>(first.entries());
        boolean more = first.more();
        while (more) {
            int n = collected.size();
            put("/l/%02d".formatted(n), "new", whole.get(n).modified());
            delete("/l/%02d".formatted(n - 1), whole.get(n - 1).modified());
            create("/l/%02d-new".formatted(n), "new");
            var next = (Listing.Page)
                    store().list(Key.of("/l/"), Optional.of(collected.getLast().key()), first.revision(), 7);
            assertThat(next.revision()).isEqualTo(first.revision());
            collected.addAll(next.entries());
            more = next.more();
        }
        assertThat(StoreCases.shown(collected)).isEqualTo(StoreCases.shown(whole));
    }

    @Test
    default void aPageSaysItsRevision() {
        create("/l/a", "x");
        Revision last = create("/elsewhere", "x");
        assertThat(page("/l/").revision()).isEqualTo(last);
    }

    private Listing.Page list(String prefix, Optional<Key> after, int limit) {
        return (Listing.Page) store().list(Key.of(prefix), after, Revision.NONE, limit);
    }
}
