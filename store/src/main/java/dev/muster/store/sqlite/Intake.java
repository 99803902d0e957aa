package dev.muster.store.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The jobs that wait for the writer: bounded by number and by bytes. */
final class Intake {

    private static final int BATCH_JOBS = 512;
    private static final long BATCH_BYTES = 4L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private final int maxJobs;
    private final long maxBytes;
    private long bytes;
    private boolean closed;

    Intake(int maxJobs, long maxBytes) {
        this.maxJobs = maxJobs;
        this.maxBytes = maxBytes;
    }

    /** Why the job was not taken, if it was not. */
    Optional<String> offer(Job job) {
        lock.lock();
        try {
            if (closed) {
                return Optional.of("the store is closed");
            }
            if (waiting.size() >= maxJobs || (bytes > 0 && bytes + job.bytes() > maxBytes)) {
                return Optional.of("the store is overloaded: " + waiting.size() + " writes wait");
            }
            waiting.add(job);
            bytes += job.bytes();
            arrived.signal();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * All that waits, or as much as makes a batch.
     *
     * @param block whether to wait for something to come; without, the batch may be empty
     * @return empty when closed and drained
     */
    Optional<List<Job>> take(boolean block) {
        lock.lock();
        try {
            while (block && waiting.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            if (waiting.isEmpty() && closed) {
                return Optional.empty();
            }
            var batch = new ArrayList<Job>();
            long size = 0;
            while (!waiting.isEmpty() && batch.size() < BATCH_JOBS && size < BATCH_BYTES) {
                Job job = waiting.poll();
                size += job.bytes();
                batch.add(job);
            }
            bytes -= size;
            return Optional.of(batch);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits is still handed out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
