package dev.muster.store.watchcache;

import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener: what it wants to hear, and from when. Told by one thread at a time. */
final class Subscriber<T> implements Cache.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private final Key prefix;
    private final Cache.Listener<T> listener;
    private Revision after;
    private volatile boolean closed;

    Subscriber(Key prefix, Revision after, Cache.Listener<T> listener) {
        this.prefix = prefix;
        this.after = after;
        this.listener = listener;
    }

    Key prefix() {
        return prefix;
    }

    Revision after() {
        return after;
    }

    boolean closed() {
        return closed;
    }

    /** Has been told everything up to here, and is not to hear of it again. */
    void toldUpTo(Revision revision) {
        if (revision.isAfter(after)) {
            after = revision;
        }
    }

    void tell(Cache.Change<T> change) {
        if (!closed && change.revision().isAfter(after) && change.key().startsWith(prefix)) {
            guarded(() -> listener.changed(change));
        }
    }

    /** Told also to who waits for a revision that is yet to come: it is by this that a listener knows that time goes by. */
    void progress(Revision revision) {
        if (!closed) {
            guarded(() -> listener.progress(revision));
        }
    }

    void lost(String why) {
        if (!closed) {
            closed = true;
            guarded(() -> listener.lost(why));
        }
    }

    /** A listener that throws has missed something, so it is given up; the others do not suffer. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("a listener of {} failed and hears no more", prefix, e);
            lost("the listener failed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
