package dev.muster.bench.store;

import dev.muster.store.sqlite.SqliteOptions;
import dev.muster.store.sqlite.SqliteStore;
import java.nio.file.Path;

/**
 * How long the first opening takes in a fresh process, which is mostly loading the native library. Arguments: a data
 * directory; then {@code driver} to let the driver unpack its library itself.
 */
public final class StoreOpening {

    private StoreOpening() {}

    public static void main(String[] arguments) {
        if (arguments.length > 1 && arguments[1].equals("driver")) {
            // An empty path makes the driver unpack into the temporary folder, as it does unasked.
            System.setProperty("org.sqlite.lib.path", "");
        }
        long began = System.nanoTime();
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]), SqliteOptions.DEFAULT);
        long opened = System.nanoTime();
        store.revision();
        store.close();
        System.out.printf("open %.1f ms%n", (opened - began) / 1e6);
    }
}
