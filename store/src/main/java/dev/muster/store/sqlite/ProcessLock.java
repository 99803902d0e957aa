package dev.muster.store.sqlite;

import dev.muster.core.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One process per data directory: a lock of the operating system's, which ends with the process however it ends. */
final class ProcessLock implements AutoCloseable {

    /**
     * What this process holds. The system's locks belong to processes, and closing any channel to a locked file gives the
     * lock up: so a second opener within the process must be turned away before it touches the file.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static ProcessLock take(DataDir dir) {
        Path file;
        try {
            file = dir.folder().toRealPath().resolve(dir.lock().getFileName());
        } catch (IOException e) {
            throw new StoreException("data directory " + dir.root() + " cannot be used: " + e, e);
        }
        long self = ProcessHandle.current().pid();
        if (!HELD_HERE.add(file)) {
            throw inUse(dir, Long.toString(self));
        }
        boolean taken = false;
        try {
            ProcessLock lock = lock(dir, file, self);
            taken = true;
            return lock;
        } catch (IOException e) {
            throw new StoreException("data directory " + dir.root() + " cannot be locked: " + e, e);
        } finally {
            if (!taken) {
                HELD_HERE.remove(file);
            }
        }
    }

    private static ProcessLock lock(DataDir dir, Path file, long self) throws IOException {
        DataDir.createFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            if (lock == null) {
                throw inUse(dir, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((self + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            return new ProcessLock(file, channel);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static StoreException inUse(DataDir dir, String holder) {
        return new StoreException(
                "data directory " + dir.root() + " is in use by process " + (holder.isEmpty() ? "(unknown)" : holder));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("the lock " + file + " cannot be given up: " + e, e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
