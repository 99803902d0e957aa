package dev.muster.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the cases are written with. */
interface StoreCases {

    /** The case's own store. */
    Store store();

    /** A further store of the same kind, for a case that ends it. The case closes it. */
    Store another() throws Exception;

    Key ALL = Key.of("/");

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Entry entry) {
        return new String(entry.value(), StandardCharsets.UTF_8);
    }

    default Revision create(String key, String value) {
        return put(key, value, Revision.NONE);
    }

    default Revision put(String key, String value, Revision expected) {
        return done(store().write(new Mutation.Put(Key.of(key), bytes(value), expected)));
    }

    default Revision delete(String key, Revision expected) {
        return done(store().write(new Mutation.Delete(Key.of(key), expected)));
    }

    default Write tryPut(String key, String value, Revision expected) {
        return store().write(new Mutation.Put(Key.of(key), bytes(value), expected));
    }

    static Revision done(Write write) {
        assertThat(write).isInstanceOf(Write.Done.class);
        return ((Write.Done) write).revision();
    }

    default Listing.Page page(String prefix) {
        return pageAt(prefix, Revision.NONE);
    }

    default Listing.Page pageAt(String prefix, Revision at) {
        Listing listing = store().list(Key.of(prefix), Optional.empty(), at, 0);
        assertThat(listing).isInstanceOf(Listing.Page.class);
        return (Listing.Page) listing;
    }

    /** The entries as {@code key=value}. */
    static List<String> shown(List<Entry> entries) {
        return entries.stream().map(entry -> entry.key() + "=" + text(entry)).toList();
    }
}
