package dev.muster.authn.ledger;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The two first digits of an id say where it is stored; which of these places have changed. */
final class Buckets {

    static final int DIGITS = 2;

    private static final int ALL = 1 << 4 * DIGITS;

    private final AtomicIntegerArray marks = new AtomicIntegerArray(ALL);

    /** @param id of a certificate, or a bucket itself */
    void mark(String id) {
        int bucket = Integer.parseInt(id, 0, DIGITS, 16);
        // Read first: every request's second would be a write to shared memory otherwise.
        if (marks.getPlain(bucket) == 0 || marks.get(bucket) == 0) {
            marks.set(bucket, 1);
        }
    }

    /** Those that were marked, marked no more. */
    Set<String> take() {
        var all = new LinkedHashSet<String>();
        for (int bucket = 0; bucket < ALL; bucket++) {
            if (marks.getAndSet(bucket, 0) != 0) {
                all.add("%02x".formatted(bucket));
            }
        }
        return all;
    }
}
