package dev.muster.apiserver.stored;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets writers of one key of this process take turns, so that they do not wear each other's retries out. Correctness does not
 * hang on it: writes are compare-and-swap.
 */
final class StripedLocks {

    private static final int STRIPES = 256;

    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

    StripedLocks() {
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    ReentrantLock of(Object key) {
        int hash = key.hashCode();
        return locks[(hash ^ hash >>> 16) & STRIPES - 1];
    }
}
