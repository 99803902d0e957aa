package dev.muster.server.wiring;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.stored.ObjectCodec;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.server.datadir.DataDir;
import dev.muster.store.sqlite.SqliteOptions;
import dev.muster.store.sqlite.SqliteStore;
import dev.muster.store.watchcache.WatchCache;
import dev.muster.store.watchcache.WatchCacheOptions;

/** The store of a data directory and the cache of all API objects in it. */
record Storage(Store store, Cache<ApiObject> cache) {

    static Storage open(DataDir dir, Closing closing) throws ConfigurationException {
        try {
            Store store = closing.add("store", SqliteStore.open(dir.store(), SqliteOptions.DEFAULT));
            Cache<ApiObject> cache = closing.add(
                    "cache", WatchCache.open(store, StorageKeys.ROOT, new ObjectCodec(), WatchCacheOptions.DEFAULT));
            return new Storage(store, cache);
        } catch (StoreException e) {
            throw new ConfigurationException("--data-dir", e.getMessage());
        }
    }
}
