package dev.muster.store.sqlite;

import dev.muster.core.store.Store;
import dev.muster.testkit.store.StoreConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The same where hardly anything is kept in memory, so that watches live from the file. */
final class TinySqliteStoreTest extends StoreConformance {

    @TempDir
    private Path folder;

    private int opened;

    @Override
    protected Store open() {
        return SqliteStore.open(
                folder.resolve("data" + opened++),
                SqliteOptions.DEFAULT.withRecent(2, 1024).withReaders(1));
    }
}
