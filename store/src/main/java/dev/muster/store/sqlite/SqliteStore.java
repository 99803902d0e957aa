package dev.muster.store.sqlite;

import dev.muster.core.store.Entry;
import dev.muster.core.store.Key;
import dev.muster.core.store.Listing;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Store;
import dev.muster.core.store.StoreException;
import dev.muster.core.store.Watch;
import dev.muster.core.store.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A store in the folder {@code store} of a data directory, for one process. */
public final class SqliteStore implements Store {

    /** The largest value, as in etcd: 1.5 MiB. */
    public static final int LARGEST_VALUE = 3 * 512 * 1024;

    private final ProcessLock lock;
    private final Connection connection;
    private final ReaderPool readers;
    private final Intake intake;
    private final Recent recent;
    private final Compaction compaction;
    private final Thread writer;
    private final AtomicLong seen;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteStore(ProcessLock lock, Database database, Path file, SqliteOptions options) throws SQLException {
        this.lock = lock;
        this.connection = database.openForWriting();
        boolean ready = false;
        try {
            Marks marks;
            try (var statement = connection.prepareStatement(Schema.MARKS)) {
                marks = Marks.read(statement);
            }
            this.readers = new ReaderPool(database, options.readers());
            this.intake = new Intake(options.queuedWrites(), options.queuedBytes());
            this.recent = new Recent(marks.current(), options.recentEvents(), options.recentBytes());
            this.compaction = new Compaction(connection, marks);
            this.seen = new AtomicLong(marks.current());
            var changes = new Changes(connection, new Quota(connection, options.largestFile()), marks.current());
            var work = new Writer(
                    connection, intake, changes, compaction, new Checkpoint(connection, file), recent::publish);
            this.writer =
                    Thread.ofPlatform().name("muster-store-writer").daemon().unstarted(work);
            ready = true;
        } finally {
            if (!ready) {
                Failures.closeQuietly(connection);
            }
        }
    }

    /**
     * Opens the store of a data directory, making both if they are not there.
     *
     * @throws StoreException if another process has it, if what lies there is damaged, of a newer make or not ours, or if
     *     it cannot be read and written; nothing has been changed then
     */
    public static SqliteStore open(Path dataDir, SqliteOptions options) {
        DataDir dir = DataDir.prepare(dataDir);
        ProcessLock lock = ProcessLock.take(dir);
        boolean opened = false;
        try {
            NativeLibrary.load(dir.nativeLibraries());
            var database = new Database(dir.database(), options);
            var store = new SqliteStore(lock, database, dir.database(), options);
            store.writer.start();
            opened = true;
            return store;
        } catch (SQLException e) {
            throw Failures.opening(dir.database(), e);
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    @Override
    public Optional<Entry> get(Key key) {
        Optional<byte[]> bytes = KeyBytes.of(key);
        return bytes.isEmpty() ? Optional.empty() : readers.read(reader -> reader.get(bytes.get()));
    }

    @Override
    public Listing list(Key prefix, Optional<Key> after, Revision at, int limit) {
        byte[] start = bytes(prefix);
        Optional<byte[]> last = after.map(SqliteStore::bytes);
        Reader.Listed listed = readers.read(reader -> reader.list(start, last, at.value(), limit));
        // A reader may see a commit a moment before the writer announces it.
        seen.accumulateAndGet(listed.current(), Math::max);
        return listed.listing();
    }

    private static byte[] bytes(Key key) {
        return KeyBytes.of(key).orElseThrow(() -> new StoreException("the key is not well-formed Unicode: " + key));
    }

    @Override
    public Write write(Mutation mutation) {
        Optional<byte[]> key = KeyBytes.of(mutation.key());
        if (key.isEmpty()) {
            return new Write.Rejected("the key is not well-formed Unicode");
        }
        if (key.get().length > KeyBytes.LIMIT) {
            return new Write.Rejected(
                    "the key is too long: " + key.get().length + " bytes, at most " + KeyBytes.LIMIT + " are kept");
        }
        if (mutation instanceof Mutation.Put put && put.value().length > LARGEST_VALUE) {
            return new Write.Rejected(
                    "the value is too large: " + put.value().length + " bytes, at most " + LARGEST_VALUE + " are kept");
        }
        var answer = new CompletableFuture<Write>();
        Optional<String> refusal = intake.offer(new Job.Mutate(mutation, key.get(), answer));
        return refusal.isPresent() ? new Write.Rejected(refusal.get()) : answer.join();
    }

    @Override
    public Watch watch(Key prefix, Revision after) {
        if (closed.get()) {
            throw new StoreException("the store is closed");
        }
        return new SqliteWatch(recent, readers, compaction::compacted, prefix, after.value());
    }

    @Override
    public Revision revision() {
        return Revision.of(Math.max(seen.get(), recent.published()));
    }

    @Override
    public void compact(Revision before) {
        var refusal = new CompletableFuture<String>();
        String why = intake.offer(new Job.Compact(before.value(), refusal)).orElseGet(refusal::join);
        if (!why.isEmpty()) {
            throw new StoreException("the store cannot be compacted: " + why);
        }
    }

    /** Finishes what was begun, then gives the directory up. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        recent.close();
        intake.close();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        readers.close();
        Failures.closeQuietly(connection);
        lock.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
