package dev.muster.http.server;

import dev.muster.http.serve.Lane;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads beside the event loops. */
final class Lanes implements AutoCloseable {

    private final ExecutorService blocking;
    private final ExecutorService cpu;

    Lanes(int cpuThreads, int cpuQueue) {
        blocking = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("muster-blocking-", 0).factory());
        ThreadFactory threads =
                Thread.ofPlatform().name("muster-cpu-", 0).daemon(true).factory();
        var pool = new ThreadPoolExecutor(
                cpuThreads, cpuThreads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(cpuQueue), threads);
        pool.allowCoreThreadTimeOut(true);
        cpu = pool;
    }

    /** False when there is no room. */
    boolean run(Lane lane, Runnable work) {
        try {
            switch (lane) {
                case BLOCKING -> blocking.execute(work);
                case CPU -> cpu.execute(work);
            }
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    @Override
    public void close() {
        blocking.shutdownNow();
        cpu.shutdownNow();
    }
}
