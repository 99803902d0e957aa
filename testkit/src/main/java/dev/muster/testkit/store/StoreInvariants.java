package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What holds of every store that rests: its entries are in order and dated soundly, its pages make the whole, and its
 * history, told by a watch from the oldest revision, leads through what it lists of the past to what it lists now.
 */
public final class StoreInvariants {

    private static final Key ALL = Key.of("/");

    private StoreInvariants() {}

    /** Fails with what does not hold. Nobody may write meanwhile. */
    public static void check(Store store) {
        check(store, Set.of());
    }

    static void check(Store store, Set<Behaviour> lacks) {
        Listing.Page now = page(store, Revision.NONE);
        assertThat(store.revision()).as("the newest revision").isEqualTo(now.revision());
        checkEntries(now);
        checkPages(store, now);
        if (now.revision().value() > 0 && lacks.isEmpty()) {
            checkHistory(store, now);
        }
    }

    private static void checkEntries(Listing.Page page) {
        assertThat(page.entries()).extracting(Entry::key).isSorted().doesNotHaveDuplicates();
        assertThat(page.entries()).extracting(Entry::modified).doesNotHaveDuplicates();
        assertThat(page.entries()).allSatisfy(entry -> {
            assertThat(entry.created().value()).isPositive();
            assertThat(entry.created()).isLessThanOrEqualTo(entry.modified());
            assertThat(entry.modified()).isLessThanOrEqualTo(page.revision());
        });
    }

    private static void checkPages(Store store, Listing.Page whole) {
        var collected = new ArrayList<Entry>();
        Optional<Key> after = Optional.empty();
        int limit = Math.max(3, whole.entries().size() / 4);
        while (true) {
            var page = (Listing.Page) store.list(ALL, after, whole.revision(), limit);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
            collected.addAll(page.entries());
            if (!page.more()) {
                break;
            }
            after = Optional.of(page.entries().getLast().key());
        }
        assertSame("the pages together", collected, whole.entries());
    }

    private static void checkHistory(Store store, Listing.Page now) {
        Revision oldest = switch (store.list(ALL, Optional.empty(), Revision.of(1), 0)) {
            case Listing.Page _ -> Revision.of(1);
            case Listing.Compacted compacted -> compacted.oldest();
            case Listing.Ahead _ -> throw new AssertionError("revision 1 is ahead of " + now.revision());
        };
        var state = new TreeMap<Key, Entry>();
        page(store, oldest).entries().forEach(entry -> state.put(entry.key(), entry));
        var random = new Random(now.revision().value());
        try (Watch watch = store.watch(ALL, oldest)) {
            List<Event> events = Watching.until(watch, now.revision());
            Revision last = oldest;
            for (Event event : events) {
                assertThat(event.revision()).isGreaterThan(last);
                last = event.revision();
                apply(state, event);
                if (random.nextInt(events.size()) < 20) {
                    assertSame("listed at " + last, page(store, last).entries(), List.copyOf(state.values()));
                }
            }
        }
        assertSame("told by the watch", List.copyOf(state.values()), now.entries());
    }

    private static void apply(TreeMap<Key, Entry> state, Event event) {
        Optional<Entry> before = Optional.ofNullable(state.get(event.key()));
        assertSame(
                "before " + event.revision(),
                event.before().stream().toList(),
                before.stream().toList());
        assertThat(event.now().isPresent() || event.before().isPresent())
                .as("%s changes something", event)
                .isTrue();
        event.now().ifPresentOrElse(entry -> created(state, event, entry), () -> state.remove(event.key()));
    }

    private static void created(TreeMap<Key, Entry> state, Event event, Entry entry) {
        assertThat(entry.key()).isEqualTo(event.key());
        assertThat(entry.modified()).isEqualTo(event.revision());
        assertThat(entry.created()).isEqualTo(event.before().map(Entry::created).orElse(event.revision()));
        state.put(event.key(), entry);
    }

    private static Listing.Page page(Store store, Revision at) {
        Listing listing = store.list(ALL, Optional.empty(), at, 0);
        assertThat(listing).as("listing at %s", at).isInstanceOf(Listing.Page.class);
        return (Listing.Page) listing;
    }

    private static void assertSame(String what, List<Entry> actual, List<Entry> expected) {
        assertThat(actual)
                .as(what)
                .usingElementComparator(StoreInvariants::compare)
                .isEqualTo(expected);
    }

    private static int compare(Entry a, Entry b) {
        boolean same = a.key().equals(b.key())
                && a.created().equals(b.created())
                && a.modified().equals(b.modified())
                && java.util.Arrays.equals(a.value(), b.value());
        return same ? 0 : 1;
    }
}
