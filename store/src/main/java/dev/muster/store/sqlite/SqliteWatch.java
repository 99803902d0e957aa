package dev.muster.store.sqlite;

import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A position in the sequence of revisions, reading from memory what is recent and from the file what is not. */
final class SqliteWatch implements Watch {

    private final Recent recent;
    private final ReaderPool readers;
    private final LongSupplier compacted;
    private final Key prefix;
    private final byte[] prefixBytes;
    private long position;
    private volatile String ended = "";

    SqliteWatch(Recent recent, ReaderPool readers, LongSupplier compacted, Key prefix, long after) {
        this.recent = recent;
        this.readers = readers;
        this.compacted = compacted;
        this.prefix = prefix;
        this.prefixBytes = KeyBytes.of(prefix)
                .orElseThrow(() -> new IllegalArgumentException("the prefix is not well-formed Unicode"));
        this.position = after;
    }

    @Override
    public Signal next(Duration wait) throws InterruptedException {
        Optional<Signal> end = end();
        if (end.isPresent()) {
            return end.get();
        }
        boolean news = recent.await(position, wait, () -> !ended.isEmpty());
        end = end();
        if (end.isPresent()) {
            return end.get();
        }
        if (!news) {
            // In one process the store is always heard of; only a watch from ahead of it knows nothing.
            return position == recent.published() ? new Signal.Progress(Revision.of(position)) : new Signal.Silence();
        }
        Optional<Slice> slice = recent.after(position, prefix);
        if (slice.isEmpty()) {
            slice = replay();
        }
        return slice.map(this::told).orElseGet(this::forgotten);
    }

    private Optional<Slice> replay() {
        try {
            return readers.read(reader -> reader.history(prefixBytes, position, recent.published()));
        } catch (StoreException e) {
            if (recent.closed()) {
                return Optional.of(new Slice(java.util.List.of(), position));
            }
            throw e;
        }
    }

    private Signal told(Slice slice) {
        if (slice.upTo() == position) {
            return end().orElseGet(Signal.Silence::new);
        }
        position = slice.upTo();
        Revision known = Revision.of(position);
        return slice.events().isEmpty() ? new Signal.Progress(known) : new Signal.Changes(slice.events(), known);
    }

    private Optional<Signal> end() {
        if (!ended.isEmpty()) {
            return Optional.of(new Signal.Ended(ended));
        }
        if (recent.closed()) {
            return Optional.of(new Signal.Ended("the store was closed"));
        }
        return position < compacted.getAsLong() ? Optional.of(forgotten()) : Optional.empty();
    }

    private Signal forgotten() {
        ended = "it fell behind what the store remembers";
        return new Signal.Compacted(Revision.of(compacted.getAsLong()));
    }

    @Override
    public void close() {
        if (ended.isEmpty()) {
            ended = "closed";
        }
        recent.wake();
    }
}
