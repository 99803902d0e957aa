package dev.muster.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.Write;
import dev.muster.testkit.store.StoreInvariants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room: writes are rejected in plain words, reads go on, and with room all goes on. */
@Timeout(60)
final class FullDiskTest {

    private static final int VALUE = 64 * 1024;

    @TempDir
    private Path folder;

    private final List<Key> acknowledged = new ArrayList<>();

    @Test
    void aFileAtItsLimitRejectsWritesUntilCompactionMakesRoom() {
        SqliteOptions options = SqliteOptions.DEFAULT.withLargestFile(2 << 20);
        try (var store = SqliteStore.open(folder, options)) {
            fill(store);
            assertThat(acknowledged).hasSizeBetween(20, 40);
            assertThat(deleteSome(store)).isEqualTo(10);
            store.compact(store.revision());
            goesOn(store);
        }
        reopened(options);
    }

    /** A real disk of 4 MiB. Mounting needs a privilege; without it the case above stands alone, and this says so. */
    @Test
    void aFullDiskRejectsWritesUntilThereIsRoom(TestReporter reporter) throws Exception {
        List<String> mounted =
                Children.run("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", folder.toString());
        if (!mounted.getLast().equals("0")) {
            assertThat(String.join(" ", mounted)).containsAnyOf("permission denied", "superuser", "not permitted");
            reporter.publishEntry(
                    "full disk", "no privilege to mount a small disk: only the file's own limit was tested");
            return;
        }
        try {
            fullDisk();
        } finally {
            assertThat(Children.run("umount", "-l", folder.toString())).containsExactly("0");
        }
    }

    private void fullDisk() throws IOException {
        Path filler = folder.resolve("filler");
        Files.write(filler, new byte[1 << 20]);
        try (var store = SqliteStore.open(folder, SqliteOptions.DEFAULT)) {
            fill(store);
            assertThat(acknowledged).hasSizeGreaterThan(5);
            Files.delete(filler);
            goesOn(store);
            fill(store);
        }
        reopened(SqliteOptions.DEFAULT);
    }

    private void fill(Store store) {
        Write write = put(store);
        while (write instanceof Write.Done) {
            write = put(store);
            assertThat(acknowledged).hasSizeLessThan(1000);
        }
        assertThat(write).isInstanceOf(Write.Rejected.class);
        assertThat(((Write.Rejected) write).why()).containsAnyOf("disk is full", "reached its limit");
        assertThat(put(store)).isInstanceOf(Write.Rejected.class);
        allAreThere(store);
    }

    private Write put(Store store) {
        Key key = Key.of("/f/" + acknowledged.size());
        Write write = store.write(new Mutation.Put(key, value(key), Revision.NONE));
        if (write instanceof Write.Done) {
            acknowledged.add(key);
        }
        return write;
    }

    private int deleteSome(Store store) {
        int deleted = 0;
        for (Key key : List.copyOf(acknowledged.subList(0, 10))) {
            Revision expected = store.get(key).orElseThrow().modified();
            if (store.write(new Mutation.Delete(key, expected)) instanceof Write.Done) {
                acknowledged.remove(key);
                deleted++;
            }
        }
        return deleted;
    }

    private void goesOn(Store store) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        Key key = Key.of("/f/after");
        while (!(store.write(new Mutation.Put(key, value(key), Revision.NONE)) instanceof Write.Done)) {
            assertThat(System.nanoTime()).as("the store recovers").isLessThan(deadline);
        }
        acknowledged.add(key);
        allAreThere(store);
    }

    private void reopened(SqliteOptions options) {
        try (var store = SqliteStore.open(folder, options)) {
            allAreThere(store);
            StoreInvariants.check(store);
        }
    }

    private void allAreThere(Store store) {
        for (Key key : acknowledged) {
            assertThat(store.get(key).map(Entry::value)).as(key.path()).contains(value(key));
        }
        var page = (Listing.Page) store.list(Key.of("/"), Optional.empty(), Revision.NONE, 0);
        assertThat(page.entries()).hasSameSizeAs(acknowledged);
    }

    private static byte[] value(Key key) {
        var value = new byte[VALUE];
        new Random(key.hashCode()).nextBytes(value);
        return value;
    }
}
