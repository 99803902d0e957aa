package dev.muster.apiserver.watch;

import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.Status;
import dev.muster.apiserver.read.ListOptions;
import dev.muster.core.store.Cache.Change;
import dev.muster.core.store.Cache.Listener;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Cache.Subscription;
import dev.muster.core.store.Revision;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One open watch. */
final class WatchSession implements Listener<ApiObject> {

    private static final Duration BETWEEN_BOOKMARKS = Duration.ofMinutes(1);
    private static final int BATCH = 64 * 1024;

    /** How long it may last. */
    record Term(InstantSource clock, Instant end) {}

    private final Outlet outlet;
    private final Frames frames;
    private final ListOptions options;
    private final Term term;
    private Revision told;
    private Instant bookmarked;
    private boolean begun;
    private volatile boolean over;
    private volatile Subscription subscription;

    WatchSession(Outlet outlet, Frames frames, ListOptions options, Term term) {
        this.outlet = outlet;
        this.frames = frames;
        this.options = options;
        this.term = term;
        this.told = Revision.NONE;
        this.bookmarked = term.clock().instant();
    }

    /** Changes up to this one are known already. */
    synchronized void from(Revision revision) {
        told = revision;
    }

    /** Tells what is there, and where that ends. Blocks at the pace of the reader; false when there is none any more. */
    boolean initial(Snapshot<ApiObject> all, boolean markEnd) {
        var batch = new ByteArrayOutputStream();
        for (var one : all.items()) {
            if (over) {
                return false;
            }
            if (options.matches(one.value())) {
                batch.writeBytes(
                        begun ? frames.of(EventType.ADDED, one.value()) : frames.first(EventType.ADDED, one.value()));
                begun = true;
            }
            if (batch.size() > BATCH) {
                if (!outlet.push(batch.toByteArray())) {
                    close();
                    return false;
                }
                batch.reset();
            }
        }
        if (markEnd) {
            batch.writeBytes(frames.bookmark(all.revision(), true));
        }
        if (batch.size() > 0 && !outlet.push(batch.toByteArray())) {
            close();
            return false;
        }
        from(all.revision());
        return true;
    }

    /** What ends the session is known only once it has begun to hear. */
    void hears(Subscription heard) {
        subscription = heard;
        if (over) {
            heard.close();
        }
    }

    @Override
    public synchronized void changed(Change<ApiObject> change) {
        if (over || !change.revision().isAfter(told)) {
            return;
        }
        Told.type(change, options).ifPresent(event -> {
            boolean first = !begun && frames.hasSpecialFirst();
            begun = true;
            send(first ? frames.first(event, Told.object(event, change)) : frames.of(event, change));
        });
    }

    @Override
    public synchronized void progress(Revision revision) {
        if (over) {
            return;
        }
        Instant now = term.clock().instant();
        boolean expired = !now.isBefore(term.end());
        boolean due = expired || !now.isBefore(bookmarked.plus(BETWEEN_BOOKMARKS));
        if (due && options.watch().bookmarks() && !told.isAfter(revision)) {
            bookmarked = now;
            send(frames.bookmark(revision, false));
        }
        if (expired) {
            finish();
        }
    }

    @Override
    public synchronized void lost(String why) {
        finish();
    }

    /** Ends with an error, told as the last line. */
    synchronized void fail(Status status) {
        if (!over) {
            send(Frames.error(status));
            finish();
        }
    }

    private void send(byte[] line) {
        if (!outlet.offer(line)) {
            close();
        }
    }

    private void finish() {
        if (!over) {
            outlet.end();
            close();
        }
    }

    /**
     * Hears no more: the client has gone, or was sent away. Takes no lock, since the cache may hold its own while it tells us
     * something.
     */
    void close() {
        over = true;
        var heard = subscription;
        if (heard != null) {
            heard.close();
        }
    }
}
