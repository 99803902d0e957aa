package dev.muster.testkit.store;

import dev.muster.core.store.Store;
import java.util.Set;
import java.util.function.Supplier;

/** The suite over whatever store {@link MutantsTest} puts in; over a right one when it is run by itself. */
final class MutantSuite extends StoreConformance {

    private static final ThreadLocal<Supplier<Store>> OPEN = ThreadLocal.withInitial(() -> HeapStore::new);
    private static final ThreadLocal<Set<Behaviour>> LACKS = ThreadLocal.withInitial(Set::of);

    static <T> T with(Supplier<Store> open, Set<Behaviour> lacks, Supplier<T> run) {
        OPEN.set(open);
        LACKS.set(lacks);
        try {
            return run.get();
        } finally {
            OPEN.remove();
            LACKS.remove();
        }
    }

    @Override
    protected Store open() {
        return OPEN.get().get();
    }

    @Override
    protected Set<Behaviour> lacks() {
        return LACKS.get();
    }
}
