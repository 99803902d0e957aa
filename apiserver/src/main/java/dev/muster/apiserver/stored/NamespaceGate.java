package dev.muster.apiserver.stored;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps apart, within this process, who makes something in a namespace and who takes the namespace away: what has passed the
 * check that the namespace is alive is stored before the last look at the namespace's content is taken.
 */
final class NamespaceGate {

    private static final int STRIPES = 64;

    private final ReadWriteLock[] gates = new ReadWriteLock[STRIPES];

    NamespaceGate() {
        for (int i = 0; i < STRIPES; i++) {
            gates[i] = new ReentrantReadWriteLock();
        }
    }

    /** Held from admission until the new object is stored. */
    Lock making(String namespace) {
        return of(namespace).readLock();
    }

    /** Held from the last look at the content until the namespace is gone. */
    Lock removing(String namespace) {
        return of(namespace).writeLock();
    }

    private ReadWriteLock of(String namespace) {
        int hash = namespace.hashCode();
        return gates[(hash ^ hash >>> 16) & STRIPES - 1];
    }
}
