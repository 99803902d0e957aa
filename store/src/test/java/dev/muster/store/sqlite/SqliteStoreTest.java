package dev.muster.store.sqlite;

import dev.muster.core.store.Store;
import dev.muster.testkit.store.StoreConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** SQLite does all that a store must do. */
final class SqliteStoreTest extends StoreConformance {

    @TempDir
    private Path folder;

    private int opened;

    @Override
    protected Store open() {
        return SqliteStore.open(folder.resolve("data" + opened++), SqliteOptions.DEFAULT);
    }
}
