package dev.muster.server.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How events are written.
 *
 * @param path empty = standard output
 * @param legacy one line of text for each event instead of JSON
 */
public record LogSettings(
        Optional<Path> path, boolean legacy, Mode mode, Rotation rotation, Batching batching, Truncation truncation) {

    /** Who waits for whom. */
    public enum Mode {
        /** Nobody waits; a full queue loses events, which is counted. */
        BATCH,
        /** An answer leaves when what is recorded of it has been written, or has failed to be. */
        BLOCKING,
        /** The same, and a request whose receipt cannot be written is refused. */
        BLOCKING_STRICT
    }

    /**
     * When a file is full and what becomes of full files.
     *
     * @param maxBytes 0 = never full
     * @param maxAgeDays 0 = none is too old
     * @param maxBackups 0 = never too many
     */
    public record Rotation(long maxBytes, int maxAgeDays, int maxBackups, boolean compress) {}

    /**
     * In mode batch alone.
     *
     * @param buffer how many events may wait
     * @param size how many are written at once, at most
     * @param patience how long to wait for so many
     * @param perSecond how many batches, on average; 0 = any number
     * @param burst how many batches at once after a pause
     */
    public record Batching(int buffer, int size, Duration patience, double perSecond, int burst) {}

    /** Of events too large for those who read them; 0 = none is. */
    public record Truncation(long maxEvent) {}
}
