package dev.muster.http.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One event loop of one server: a coarse clock and the connections it looks after. One timer serves all deadlines, so that a
 * request costs no timer of its own. Everything here happens on the loop.
 */
final class Loop {

    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    final Serving serving;
    final EventLoop eventLoop;
    private final Set<Connection> connections = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ScheduledFuture<?> timer;
    private long now = System.nanoTime();
    private boolean draining;
    private long second = Long.MIN_VALUE;
    private String date = "";

    Loop(Serving serving, EventLoop eventLoop) {
        this.serving = serving;
        this.eventLoop = eventLoop;
        long nanos = serving.config().timeouts().tick().toNanos();
        timer = eventLoop.scheduleAtFixedRate(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Nanoseconds, as of the last tick. */
    long now() {
        return now;
    }

    long in(Duration wait) {
        return now + wait.toNanos();
    }

    /** RFC 9110 section 5.6.7, right to the tick. */
    String date() {
        if (second == Long.MIN_VALUE) {
            setDate();
        }
        return date;
    }

    void add(Connection connection) {
        connections.add(connection);
        if (draining) {
            connection.drain();
        }
    }

    /** Those that are here are told to go, and so are those accepted before and arriving late. */
    void drain() {
        draining = true;
        connections().forEach(Connection::drain);
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    private List<Connection> connections() {
        return new ArrayList<>(connections);
    }

    void stop() {
        timer.cancel(false);
    }

    private void tick() {
        now = System.nanoTime();
        setDate();
        try {
            for (var connection : connections()) {
                connection.tick(now);
            }
        } catch (RuntimeException e) {
            Serving.LOG.error("looking at deadlines failed", e);
        }
    }

    private void setDate() {
        Instant instant = serving.config().clock().instant();
        if (instant.getEpochSecond() != second) {
            second = instant.getEpochSecond();
            date = IMF_FIXDATE.format(instant);
        }
    }
}
