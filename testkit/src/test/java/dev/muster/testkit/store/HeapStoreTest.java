package dev.muster.testkit.store;

import dev.muster.core.store.Store;

/** The model passes its own suite. */
final class HeapStoreTest extends StoreConformance {

    @Override
    protected Store open() {
        return new HeapStore();
    }
}
