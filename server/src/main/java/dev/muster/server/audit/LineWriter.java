package dev.muster.server.audit;

import dev.muster.core.audit.AuditEvent;
import dev.muster.server.audit.AuditLog.Waiting;
import dev.muster.server.audit.LogSettings.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts events into words and gathers lines, so that many are written at once. For one thread. */
final class LineWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);
    private static final int ENOUGH = 256 * 1024;
    private static final int MOST_AT_ONCE = 1024;

    private final boolean legacy;
    private final boolean strict;
    private final long maxEvent;
    private final Outlet outlet;
    private final Errors errors;
    private final List<Waiting> gathered = new ArrayList<>();
    private byte[] buffer = new byte[ENOUGH];
    private int length;

    LineWriter(LogSettings settings, Outlet outlet, Errors errors) {
        this.legacy = settings.legacy();
        this.strict = settings.mode() == Mode.BLOCKING_STRICT;
        this.maxEvent = settings.truncation().maxEvent();
        this.outlet = outlet;
        this.errors = errors;
    }

    int capacity() {
        return MOST_AT_ONCE;
    }

    void add(Waiting waiting) {
        byte[] line;
        try {
            line = line(waiting.event());
        } catch (RuntimeException | StackOverflowError e) {
            // A stranger's text must not end the writer of everybody's events.
            LOG.error("an audit event cannot be put into words", e);
            lost(Errors.Plugin.LOG, "it cannot be put into words", List.of(waiting));
            return;
        }
        if (line.length == 0) {
            lost(Errors.Plugin.TRUNCATE, "event is too large even after truncating", List.of(waiting));
            return;
        }
        if (length > 0 && (length + line.length >= ENOUGH || outlet.isFullFor((long) length + line.length + 1))) {
            flush();
        }
        if (outlet.isFullFor(line.length + 1L)) {
            try {
                outlet.makeRoom();
            } catch (IOException e) {
                errors.said("the audit log cannot be rotated: " + e);
            }
        }
        put(line);
        gathered.add(waiting);
    }

    private byte[] line(AuditEvent event) {
        if (legacy) {
            return event.legacy();
        }
        byte[] whole = event.json(true);
        if (maxEvent == 0 || whole.length + 1 <= maxEvent) {
            return whole;
        }
        byte[] shorter = event.hasObjects() ? event.json(false) : whole;
        return shorter.length + 1 <= maxEvent ? shorter : new byte[0];
    }

    private void put(byte[] line) {
        if (length + line.length + 1 > buffer.length) {
            buffer = Arrays.copyOf(buffer, length + line.length + 1);
        }
        System.arraycopy(line, 0, buffer, length, line.length);
        length += line.length;
        buffer[length++] = '\n';
    }

    /** Writes what is gathered, and lets go on who waits for it. */
    void flush() {
        if (gathered.isEmpty()) {
            return;
        }
        var done = List.copyOf(gathered);
        gathered.clear();
        int size = length;
        length = 0;
        try {
            outlet.write(ByteBuffer.wrap(buffer, 0, size));
        } catch (IOException e) {
            lost(Errors.Plugin.LOG, e.toString(), done);
            return;
        } finally {
            if (buffer.length > 4 * ENOUGH) {
                buffer = new byte[ENOUGH];
            }
        }
        done.forEach(waiting -> goOn(waiting, true));
    }

    private void lost(Errors.Plugin plugin, String why, List<Waiting> events) {
        errors.lost(plugin, why, events.stream().map(Waiting::event).toList());
        events.forEach(waiting -> goOn(waiting, !strict));
    }

    private static void goOn(Waiting waiting, boolean written) {
        if (waiting.then() != null) {
            try {
                waiting.then().accept(written);
            } catch (RuntimeException e) {
                LOG.error("after an audit event", e);
            }
        }
    }

    void close() throws IOException {
        outlet.close();
    }
}
