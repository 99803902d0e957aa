package dev.muster.testkit.http;

import dev.muster.http.serve.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What was written to a response that goes on. */
public final class FakeStream implements Stream {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Runnable closed;
    private volatile boolean ended;
    private volatile boolean broken;
    private volatile long queued;

    FakeStream(Runnable closed) {
        this.closed = closed;
    }

    @Override
    public void write(byte[] bytes) {
        if (!ended && !broken) {
            synchronized (written) {
                written.writeBytes(bytes);
            }
        }
    }

    @Override
    public long queued() {
        return queued;
    }

    /** Plays a reader that is slow. */
    public void queued(long bytes) {
        queued = bytes;
    }

    @Override
    public void end() {
        ended = true;
        closed.run();
    }

    @Override
    public void reset() {
        broken = true;
        closed.run();
    }

    public boolean isEnded() {
        return ended;
    }

    public boolean isBroken() {
        return broken;
    }

    public String text() {
        synchronized (written) {
            return written.toString(StandardCharsets.UTF_8);
        }
    }
}
