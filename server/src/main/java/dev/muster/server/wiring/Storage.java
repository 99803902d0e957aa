package dev.muster.server.wiring;

import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.stored.ObjectCodec;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.server.datadir.DataDir;
import dev.muster.store.compact.Compactor;
import dev.muster.store.sqlite.SqliteOptions;
import dev.muster.store.sqlite.SqliteStore;
import dev.muster.store.watchcache.WatchCache;
import dev.muster.store.watchcache.WatchCacheOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** The store of a data directory, the cache of all API objects in it, and what they are. */
record Storage(Store store, Cache<ApiObject> cache, Kinds kinds) {

    /** Revisions of history kept at most, however young. */
    private static final long HISTORY = 200_000;

    private static final Duration EVERY = Duration.ofSeconds(30);

    /** @param encryption the user's EncryptionConfiguration; empty = the one of the data directory */
    static Storage open(DataDir dir, Optional<Path> encryption, SecureRandom random, Closing closing)
            throws ConfigurationException {
        try {
            Store file = closing.add("store", SqliteStore.open(dir.root(), SqliteOptions.DEFAULT));
            closing.add(
                    "compactor", new Compactor(file, Compactor.FIVE_MINUTES, HISTORY, System::nanoTime).start(EVERY));
            Store store = Sealing.over(file, dir, encryption, random);
            Cache<ApiObject> cache = closing.add(
                    "cache", WatchCache.open(store, StorageKeys.ROOT, new ObjectCodec(), WatchCacheOptions.DEFAULT));
            return new Storage(store, cache, Kinds.load());
        } catch (StoreException e) {
            throw new ConfigurationException("--data-dir", e.getMessage());
        }
    }
}
