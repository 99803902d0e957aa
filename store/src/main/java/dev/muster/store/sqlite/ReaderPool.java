package dev.muster.store.sqlite;

import dev.muster.core.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs reads on a few platform threads, each with its own connection: native code would otherwise hold on to the carrier
 * of a virtual thread.
 */
final class ReaderPool implements AutoCloseable {

    private static final int QUEUE = 4096;

    private final Database database;
    private final ThreadPoolExecutor executor;
    private final ThreadLocal<Reader> own = new ThreadLocal<>();
    private final List<Reader> readers = new ArrayList<>();

    ReaderPool(Database database, int threads) {
        this.database = database;
        this.executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().name("muster-store-reader-", 0).daemon().factory());
    }

    interface Read<T> {
        T by(Reader reader) throws SQLException;
    }

    <T> T read(Read<T> read) {
        try {
            return CompletableFuture.supplyAsync(() -> run(read), executor).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreException known
                    ? new StoreException(known.getMessage(), known)
                    : new StoreException("the store cannot be read: " + e.getCause(), e.getCause());
        } catch (RejectedExecutionException e) {
            throw new StoreException(
                    executor.isShutdown() ? "the store is closed" : "too many reads wait for the store", e);
        }
    }

    private <T> T run(Read<T> read) {
        try {
            Reader reader = own.get();
            if (reader == null) {
                reader = new Reader(database.openForReading());
                own.set(reader);
                synchronized (readers) {
                    readers.add(reader);
                }
            }
            return read.by(reader);
        } catch (SQLException e) {
            throw Failures.reading(e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        synchronized (readers) {
            readers.forEach(Failures::closeQuietly);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
