package dev.muster.server.wiring;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened, closed in the opposite order; one that cannot be closed does not keep the others open. */
final class Closing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private record Opened(String name, AutoCloseable what) {}

    private final Deque<Opened> opened = new ArrayDeque<>();

    /** Remembers to close it, and hands it back. */
    synchronized <T extends AutoCloseable> T add(String name, T what) {
        opened.push(new Opened(name, what));
        return what;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            Opened last = opened.pop();
            try {
                last.what().close();
            } catch (Exception e) {
                LOG.warn("closing {} failed", last.name(), e);
            }
        }
    }
}
