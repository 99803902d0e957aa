package dev.muster.testkit.store;

import dev.muster.core.store.Store;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every store does all of this. The invariants are checked after each case, on the store that the case has used.
 */
@Timeout(60)
@ExtendWith(ConformanceExtension.class)
public abstract class StoreConformance
        implements WritingCases,
                ReadingCases,
                ListingCases,
                HistoryCases,
                WatchingCases,
                ConcurrencyCases,
                SizeCases,
                ClosingCases {

    private Store store;

    /** A new store, empty, of its own. */
    protected abstract Store open() throws Exception;

    /** What this backend is known to lack. */
    protected Set<Behaviour> lacks() {
        return Set.of();
    }

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store another() throws Exception {
        return open();
    }
}
