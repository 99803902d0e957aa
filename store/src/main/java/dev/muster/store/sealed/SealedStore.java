package dev.muster.store.sealed;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Event;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.ValueTransformer;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/** Seals values on their way in and opens them on their way out. */
public final class SealedStore implements Store {

    private static final int PAGE = 500;

    private final Store inner;
    private final Function<Key, Optional<? extends ValueTransformer>> sealing;

    /** With a transformer for each key that is to be sealed. */
    public SealedStore(Store inner, Function<Key, Optional<? extends ValueTransformer>> sealing) {
        this.inner = inner;
        this.sealing = sealing;
    }

    /** With one transformer for all keys that are to be sealed. */
    public SealedStore(Store inner, Predicate<Key> sealed, ValueTransformer transformer) {
        this(inner, key -> sealed.test(key) ? Optional.of(transformer) : Optional.empty());
    }

    private Entry open(Entry entry) {
        return sealing.apply(entry.key())
                .map(transformer -> with(entry, transformer.open(entry.key(), entry.value())))
                .orElse(entry);
    }

    private static Entry with(Entry entry, byte[] value) {
        return new Entry(entry.key(), value, entry.created(), entry.modified());
    }

    private Event open(Event event) {
        return new Event(
                event.key(), event.now().map(this::open), event.before().map(this::open), event.revision());
    }

    @Override
    public Optional<Entry> get(Key key) {
        return inner.get(key).map(this::open);
    }

    @Override
    public Listing list(Key prefix, Optional<Key> after, Revision at, int limit) {
        return switch (inner.list(prefix, after, at, limit)) {
            case Listing.Page page ->
                new Listing.Page(page.entries().stream().map(this::open).toList(), page.revision(), page.more());
            case Listing.Compacted compacted -> compacted;
            case Listing.Ahead ahead -> ahead;
        };
    }

    @Override
    public Write write(Mutation mutation) {
        Mutation sealed;
        try {
            sealed = switch (mutation) {
                case Mutation.Put put ->
                    sealing.apply(put.key())
                            .map(transformer -> new Mutation.Put(
                                    put.key(), transformer.seal(put.key(), put.value()), put.expected()))
                            .orElse(put);
                case Mutation.Delete delete -> delete;
            };
        } catch (StoreException e) {
            return new Write.Rejected(e.getMessage());
        }
        return switch (inner.write(sealed)) {
            case Write.Conflict conflict -> new Write.Conflict(conflict.actual().map(this::open));
            case Write.Done done -> done;
            case Write.Rejected rejected -> rejected;
            case Write.Unknown unknown -> unknown;
        };
    }

    @Override
    public Watch watch(Key prefix, Revision after) {
        return new Opened(inner.watch(prefix, after));
    }

    @Override
    public Revision revision() {
        return inner.revision();
    }

    @Override
    public void compact(Revision before) {
        inner.compact(before);
    }

    @Override
    public void close() {
        inner.close();
    }

    /**
     * Writes again what is stored in another form than would be written now: after a new key was put first, or sealing was
     * switched on. What is changed by others meanwhile is sealed by them. Afterwards an old key may go, once history from
     * before has been compacted.
     *
     * @param current whether a stored form is what would be written now
     * @return how many values were written
     */
    public int reseal(Key prefix, BiPredicate<Key, byte[]> current) {
        int written = 0;
        Optional<Key> after = Optional.empty();
        while (true) {
            Listing listing = inner.list(prefix, after, Revision.NONE, PAGE);
            if (!(listing instanceof Listing.Page page)) {
                throw new StoreException("the store cannot be listed: " + listing);
            }
            for (Entry entry : page.entries()) {
                boolean stale = sealing.apply(entry.key()).isPresent() && !current.test(entry.key(), entry.value());
                if (stale && rewrite(entry)) {
                    written++;
                }
            }
            if (!page.more()) {
                return written;
            }
            after = Optional.of(page.entries().getLast().key());
        }
    }

    private boolean rewrite(Entry entry) {
        return switch (write(new Mutation.Put(entry.key(), open(entry).value(), entry.modified()))) {
            case Write.Done _ -> true;
            case Write.Conflict _ -> false;
            case Write.Rejected rejected ->
                throw new StoreException(entry.key() + " cannot be resealed: " + rejected.why());
            case Write.Unknown unknown ->
                throw new StoreException(entry.key() + " was perhaps not resealed", unknown.cause());
        };
    }

    /** A watch that ends at the first event it cannot open: going on would leave a gap. */
    private final class Opened implements Watch {

        private final Watch watch;
        private volatile boolean failed;

        Opened(Watch watch) {
            this.watch = watch;
        }

        @Override
        public Signal next(Duration wait) throws InterruptedException {
            if (failed) {
                return new Signal.Ended("an event could not be opened");
            }
            Signal signal = watch.next(wait);
            if (!(signal instanceof Signal.Changes changes)) {
                return signal;
            }
            failed = true;
            var opened = new Signal.Changes(
                    changes.events().stream().map(SealedStore.this::open).toList(), changes.revision());
            failed = false;
            return opened;
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
