package dev.muster.testkit.store;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A store in memory, written to be plainly right: the past is found by undoing what came after it. */
public final class HeapStore implements Store {

    static final int LARGEST_KEY = 4096;
    static final int LARGEST_VALUE = 3 * 512 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final TreeMap<Key, Entry> present = new TreeMap<>();
    private final List<Event> history = new ArrayList<>();
    private long current;
    private long oldest;
    private boolean closed;

    @Override
    public Optional<Entry> get(Key key) {
        return locked(() -> Optional.ofNullable(present.get(key)));
    }

    @Override
    public Listing list(Key prefix, Optional<Key> after, Revision at, int limit) {
        return locked(() -> listLocked(prefix, after, at.value() == 0 ? current : at.value(), limit));
    }

    private Listing listLocked(Key prefix, Optional<Key> after, long at, int limit) {
        if (at > current) {
            return new Listing.Ahead(Revision.of(current));
        }
        if (at < oldest) {
            return new Listing.Compacted(Revision.of(oldest));
        }
        var found = new ArrayList<Entry>();
        for (Entry entry : asOf(at).tailMap(prefix).values()) {
            if (!entry.key().startsWith(prefix)) {
                break;
            }
            if (after.isPresent() && entry.key().compareTo(after.get()) <= 0) {
                continue;
            }
            if (limit > 0 && found.size() == limit) {
                return new Listing.Page(found, Revision.of(at), true);
            }
            found.add(entry);
        }
        return new Listing.Page(found, Revision.of(at), false);
    }

    private TreeMap<Key, Entry> asOf(long at) {
        if (at == current) {
            return present;
        }
        var then = new TreeMap<>(present);
        for (Event event : history.reversed()) {
            if (event.revision().value() <= at) {
                break;
            }
            event.before().ifPresentOrElse(entry -> then.put(event.key(), entry), () -> then.remove(event.key()));
        }
        return then;
    }

    @Override
    public Write write(Mutation mutation) {
        lock.lock();
        try {
            Optional<String> refusal = refusal(mutation);
            if (refusal.isPresent()) {
                return new Write.Rejected(refusal.get());
            }
            Optional<Entry> before = Optional.ofNullable(present.get(mutation.key()));
            long actual = before.map(entry -> entry.modified().value()).orElse(0L);
            boolean pointless = mutation instanceof Mutation.Delete && actual == 0;
            if (actual != mutation.expected().value() || pointless) {
                return new Write.Conflict(before);
            }
            return new Write.Done(apply(mutation, before));
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> refusal(Mutation mutation) {
        if (closed) {
            return Optional.of("the store is closed");
        }
        if (mutation instanceof Mutation.Put put && put.value().length > LARGEST_VALUE) {
            return Optional.of("the value is too large: " + put.value().length + " bytes");
        }
        try {
            int size = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(mutation.key().path()))
                    .remaining();
            return size > LARGEST_KEY ? Optional.of("the key is too long: " + size + " bytes") : Optional.empty();
        } catch (CharacterCodingException _) {
            return Optional.of("the key is not well-formed Unicode");
        }
    }

    private Revision apply(Mutation mutation, Optional<Entry> before) {
        Revision revision = Revision.of(++current);
        Optional<Entry> now = switch (mutation) {
            case Mutation.Put put ->
                Optional.of(new Entry(
                        put.key(), put.value(), before.map(Entry::created).orElse(revision), revision));
            case Mutation.Delete _ -> Optional.empty();
        };
        now.ifPresentOrElse(entry -> present.put(entry.key(), entry), () -> present.remove(mutation.key()));
        history.add(new Event(mutation.key(), now, before, revision));
        moved.signalAll();
        return revision;
    }

    @Override
    public Watch watch(Key prefix, Revision after) {
        return locked(() -> new HeapWatch(this, prefix, after.value()));
    }

    @Override
    public Revision revision() {
        return locked(() -> Revision.of(current));
    }

    @Override
    public void compact(Revision before) {
        locked(() -> {
            oldest = Math.max(oldest, Math.min(before.value(), current));
            history.removeIf(event -> event.revision().value() <= oldest);
            return null;
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(java.util.function.Supplier<T> read) {
        lock.lock();
        try {
            if (closed) {
                throw new StoreException("the store is closed");
            }
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    // What follows is for HeapWatch, which holds the lock.

    ReentrantLock lock() {
        return lock;
    }

    Condition moved() {
        return moved;
    }

    boolean closed() {
        return closed;
    }

    long current() {
        return current;
    }

    long oldest() {
        return oldest;
    }

    /** What happened after the revision, oldest first. */
    List<Event> since(long after) {
        int from = history.size();
        while (from > 0 && history.get(from - 1).revision().value() > after) {
            from--;
        }
        return history.subList(from, history.size());
    }
}
