package dev.muster.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Write;
import dev.muster.testkit.store.StoreInvariants;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the way of opening, and what is said then. */
@Timeout(60)
final class OpeningTest {

    @TempDir
    private Path folder;

    private SqliteStore open() {
        return SqliteStore.open(folder.resolve("data"), SqliteOptions.DEFAULT);
    }

    private Path file() {
        return folder.resolve("data/store/muster.db");
    }

    private static Revision put(SqliteStore store, String key, byte[] value) {
        return ((Write.Done) store.write(new Mutation.Put(Key.of(key), value, Revision.NONE))).revision();
    }

    private void closedStoreWith(int entries) {
        try (var store = open()) {
            for (int i = 0; i < entries; i++) {
                put(store, "/o/" + i, ("value " + i).repeat(20).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void assertRefused(ThrowingCallable opening, String... words) throws Exception {
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(opening).isInstanceOf(StoreException.class).hasMessageContainingAll(words);
        assertThat(Files.readAllBytes(file())).as("left as it was").isEqualTo(before);
    }

    @Test
    void whatWasWrittenIsThereAfterOpeningAgain() {
        Revision last;
        try (var store = open()) {
            put(store, "/o/a", new byte[] {1});
            last = put(store, "/o/b", new byte[] {2});
            store.compact(last);
        }
        try (var store = open()) {
            assertThat(store.revision()).isEqualTo(last);
            assertThat(store.get(Key.of("/o/b")).orElseThrow().value()).containsExactly(2);
            assertThat(put(store, "/o/c", new byte[0]).isAfter(last)).isTrue();
            StoreInvariants.check(store);
        }
    }

    @Test
    void foldersAndFilesAreOursAlone() throws Exception {
        try (var store = open()) {
            put(store, "/o/a", new byte[1]);
            assertThat(mode(folder.resolve("data"))).isEqualTo("rwx------");
            assertThat(mode(folder.resolve("data/store"))).isEqualTo("rwx------");
            for (String name : List.of("muster.db", "muster.db-wal", "muster.db-shm", "lock")) {
                assertThat(mode(folder.resolve("data/store").resolve(name)))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aSecondOpeningInThisProcessIsRefusedAndHarmsNothing() throws Exception {
        try (var store = open()) {
            String self = Long.toString(ProcessHandle.current().pid());
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(this::open)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("is in use by process " + self);
            }
            put(store, "/o/a", new byte[1]);
            // The lock is still held: another process is refused too.
            Process child = Children.java(
                    List.of(), WritingChild.class, folder.resolve("data").toString(), "x", "1", "1");
            assertThat(Children.lines(child).lines()).isEmpty();
            assertThat(child.waitFor()).isEqualTo(1);
        }
        open().close();
    }

    @Test
    void aSecondProcessIsRefusedAndTheHolderNamedUntilItDies() throws Exception {
        Process child = Children.java(
                List.of(), WritingChild.class, folder.resolve("data").toString(), "x", "1", "0");
        try (var lines = Children.lines(child)) {
            assertThat(lines.readLine()).isEqualTo("OPEN");
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessage("data directory " + folder.resolve("data") + " is in use by process " + child.pid());
        } finally {
            child.toHandle().destroyForcibly();
            child.waitFor();
        }
        open().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "not a database, but somebody's notes", "SQLite format 2\0 and more"})
    void aForeignFileIsRefused(String content) throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), content);
        assertRefused(this::open, "is not a store of Muster's");
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefused() throws Exception {
        Files.createDirectories(file().getParent());
        sql("CREATE TABLE theirs (x)");
        assertRefused(this::open, "is a database of another program");
    }

    @Test
    void aFileOfANewerMusterIsRefused() throws Exception {
        closedStoreWith(1);
        sql("PRAGMA user_version = 99");
        assertRefused(this::open, "another version of Muster", "its schema is 99, this program knows 1");
    }

    @Test
    void aFileThatLacksATableIsRefused() throws Exception {
        closedStoreWith(1);
        sql("DROP TABLE mark");
        assertRefused(this::open, "lacks its table or index mark");
    }

    private void sql(String sql) throws Exception {
        try (var connection = org.sqlite.JDBC.createConnection("jdbc:sqlite:" + file(), new java.util.Properties())) {
            Database.run(connection, sql);
        }
    }

    @Test
    void aTruncatedFileIsRefused() throws Exception {
        closedStoreWith(500);
        try (var raw = new RandomAccessFile(file().toFile(), "rw")) {
            raw.setLength(raw.length() / 2 / 4096 * 4096);
        }
        assertRefused(this::open, "damaged");
    }

    @Test
    void everyDamagedPageIsNoticedAtOpeningOrWhenItIsRead() throws Exception {
        closedStoreWith(300);
        byte[] good = Files.readAllBytes(file());
        var random = new Random(9);
        int noticed = 0;
        for (int page = 0; page < good.length / 4096; page++) {
            byte[] bad = good.clone();
            var noise = new byte[64];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, bad, page * 4096 + 2048, noise.length);
            Files.write(file(), bad);
            try (var store = open()) {
                var listing = (Listing.Page) store.list(Key.of("/"), Optional.empty(), Revision.NONE, 0);
                // The noise lies in bytes that nobody uses.
                assertThat(listing.entries()).hasSize(300);
                StoreInvariants.check(store);
            } catch (StoreException e) {
                assertThat(e.getMessage()).contains("damaged");
                noticed++;
            }
        }
        assertThat(noticed).isPositive();
    }

    @Test
    void aTruncatedLogLosesItsEndAndNothingElse() throws Exception {
        try (var store = open()) {
            for (int i = 0; i < 200; i++) {
                put(store, "/o/%03d".formatted(i), ("v" + i).getBytes(StandardCharsets.UTF_8));
            }
            // By another process: closing a file here would give up SQLite's locks on it.
            assertThat(Children.run(
                            "cp",
                            "-r",
                            folder.resolve("data").toString(),
                            folder.resolve("copy").toString()))
                    .containsExactly("0");
        }
        Path copy = folder.resolve("copy/store");
        byte[] log = Files.readAllBytes(copy.resolve("muster.db-wal"));
        byte[] database = Files.readAllBytes(copy.resolve("muster.db"));
        var random = new Random(4);
        for (int length :
                new int[] {log.length, log.length - 1, log.length - 5000, log.length / 2, random.nextInt(log.length)}) {
            Files.deleteIfExists(copy.resolve("muster.db-shm"));
            Files.write(copy.resolve("muster.db"), database);
            Files.write(copy.resolve("muster.db-wal"), java.util.Arrays.copyOf(log, length));
            try (var store = SqliteStore.open(folder.resolve("copy"), SqliteOptions.DEFAULT)) {
                var page = (Listing.Page) store.list(Key.of("/"), Optional.empty(), Revision.NONE, 0);
                int kept = page.entries().size();
                assertThat(page.revision().value()).isEqualTo(kept);
                assertThat(kept == 200).isEqualTo(length == log.length);
                for (int i = 0; i < kept; i++) {
                    assertThat(page.entries().get(i).key().path()).isEqualTo("/o/%03d".formatted(i));
                }
                StoreInvariants.check(store);
            }
        }
    }

    @Test
    void aDataDirectoryThatIsAFileIsRefused() throws Exception {
        Files.writeString(folder.resolve("data"), "x");
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("cannot be used");
    }
}
