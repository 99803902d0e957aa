package dev.muster.store.watchcache;

import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Past changes, oldest first, bounded by number and age: a ring. Guarded by the cache's lock. */
final class Remembered<T> {

    private final Change<T>[] changes;
    private final long[] times;
    private final long maxAge;
    private int first;
    private int size;
    /** Every change after this revision is here. */
    private Revision floor = Revision.NONE;

    @SuppressWarnings("unchecked") // an array of one interface, seen by this class alone
    Remembered(int limit, Duration maxAge) {
        this.changes = (Change<T>[]) new Change<?>[limit];
        this.times = new long[limit];
        this.maxAge = maxAge.toNanos();
    }

    Revision floor() {
        return floor;
    }

    /** Begins anew: nothing before the revision is known. */
    void reset(Revision revision) {
        while (size > 0) {
            drop();
        }
        floor = revision;
    }

    void add(Change<T> change, long now) {
        if (size == changes.length) {
            drop();
        }
        int slot = (first + size++) % changes.length;
        changes[slot] = change;
        times[slot] = now;
    }

    void dropOld(long now) {
        while (size > 0 && now - times[first] > maxAge) {
            drop();
        }
    }

    private void drop() {
        floor = changes[first].revision();
        changes[first] = null;
        first = (first + 1) % changes.length;
        size--;
    }

    /** Every change after the revision, which is not before the floor. */
    List<Change<T>> after(Revision revision) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).revision().isAfter(revision)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        var found = new ArrayList<Change<T>>(size - low);
        for (int i = low; i < size; i++) {
            found.add(at(i));
        }
        return found;
    }

    private Change<T> at(int index) {
        return changes[(first + index) % changes.length];
    }
}
