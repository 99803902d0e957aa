package dev.muster.store.sqlite;

import java.time.Duration;

/**
 * Bounds of a SQLite store.
 *
 * @param queuedWrites writes that may wait for the writer; further ones are rejected
 * @param queuedBytes bytes of values that may wait for the writer
 * @param readers threads that read, each with a connection of its own
 * @param recentEvents changes kept in memory for watches; older ones are read from the file
 * @param recentBytes bytes of values kept in memory for watches
 * @param largestFile bytes the database may grow to, without its log; beyond it puts are rejected
 * @param busyTimeout how long to wait for another program that has the file locked, such as a backup
 */
public record SqliteOptions(
        int queuedWrites,
        long queuedBytes,
        int readers,
        int recentEvents,
        long recentBytes,
        long largestFile,
        Duration busyTimeout) {

    public static final SqliteOptions DEFAULT =
            new SqliteOptions(8192, 64L << 20, 4, 4096, 16L << 20, 1L << 40, Duration.ofSeconds(5));

    public SqliteOptions {
        if (queuedWrites < 1
                || queuedBytes < 1
                || readers < 1
                || recentEvents < 1
                || recentBytes < 1
                || largestFile < 1) {
            throw new IllegalArgumentException("bounds are positive");
        }
    }

    /** The same with other bounds of what is kept in memory for watches. */
    SqliteOptions withRecent(int events, long bytes) {
        return new SqliteOptions(queuedWrites, queuedBytes, readers, events, bytes, largestFile, busyTimeout);
    }

    /** The same with other bounds of what may wait. */
    SqliteOptions withQueue(int writes, long bytes) {
        return new SqliteOptions(writes, bytes, readers, recentEvents, recentBytes, largestFile, busyTimeout);
    }

    /** The same with another number of reading threads. */
    SqliteOptions withReaders(int threads) {
        return new SqliteOptions(
                queuedWrites, queuedBytes, threads, recentEvents, recentBytes, largestFile, busyTimeout);
    }

    /** The same with another bound of the file. */
    public SqliteOptions withLargestFile(long bytes) {
        return new SqliteOptions(queuedWrites, queuedBytes, readers, recentEvents, recentBytes, bytes, busyTimeout);
    }
}
