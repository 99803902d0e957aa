package dev.muster.apiserver.watch;

import dev.muster.http.serve.Stream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A stream that gives up on readers who do not read. */
final class Outlet {

    /** So much may wait for a while, for a burst. */
    static final long SOFT = 1024 * 1024;

    /** So much never. */
    static final long HARD = 16 * SOFT;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 5;

    private final Stream stream;
    private final InstantSource clock;
    private Instant behindSince;

    Outlet(Stream stream, InstantSource clock) {
        this.stream = stream;
        this.clock = clock;
    }

    /** Queues a line; false when the reader has been cut off. Does not block. */
    boolean offer(byte[] line) {
        long queued = stream.queued();
        if (queued <= SOFT) {
            behindSince = null;
        } else if (queued > HARD || isHopeless()) {
            stream.reset();
            return false;
        }
        stream.write(line);
        return true;
    }

    private boolean isHopeless() {
        Instant now = clock.instant();
        if (behindSince == null) {
            behindSince = now;
        }
        return Duration.between(behindSince, now).compareTo(PATIENCE) > 0;
    }

    /** Queues bytes as fast as the reader reads; false when it does not. Blocks. */
    boolean push(byte[] bytes) {
        Instant since = clock.instant();
        long least = Long.MAX_VALUE;
        long queued = stream.queued();
        while (queued > SOFT) {
            if (queued < least) {
                least = queued;
                since = clock.instant();
            } else if (Duration.between(since, clock.instant()).compareTo(PATIENCE) > 0) {
                stream.reset();
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stream.reset();
                return false;
            }
            queued = stream.queued();
        }
        stream.write(bytes);
        return true;
    }

    void end() {
        stream.end();
    }
}
