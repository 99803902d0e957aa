package dev.muster.server.audit;

import dev.muster.server.datadir.DataDir;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;

/**
 * The file that is written to. It is rotated when it is full, and opened anew when somebody has moved it away, as logrotate
 * does: nobody needs to send a signal. For one thread.
 */
final class LogFile implements Closeable {

    private static final long LOOK_EVERY_MILLIS = 500;

    private final Path path;
    private final LogSettings.Rotation rotation;
    private final Backups backups;
    private final InstantSource clock;
    private FileChannel channel;
    private Object key;
    private long size;
    private long looked;

    LogFile(Path path, LogSettings.Rotation rotation, InstantSource clock) throws IOException {
        this.path = path;
        this.rotation = rotation;
        this.clock = clock;
        this.backups = new Backups(path, rotation, clock);
        DataDir.makePrivate(path.toAbsolutePath().getParent());
        open();
        backups.tidy();
    }

    /** Whether so many bytes more would make it fuller than it may be. An empty file takes anything. */
    boolean isFullFor(long more) {
        return rotation.maxBytes() > 0 && size > 0 && size + more > rotation.maxBytes();
    }

    /** Makes room: what is there becomes a backup. */
    void rotate() throws IOException {
        channel.close();
        try {
            backups.keep();
        } finally {
            open();
        }
        backups.tidy();
    }

    /** Appends whole lines, or nothing: what a full disk took of them is cut off again. */
    void write(ByteBuffer lines) throws IOException {
        followMoves();
        long before = channel.size();
        try {
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        } catch (IOException e) {
            cutBack(before, e);
            throw e;
        }
        size = channel.size();
    }

    private void cutBack(long before, IOException why) {
        try {
            channel.truncate(before);
        } catch (IOException e) {
            why.addSuppressed(e);
            closeQuietly();
        }
    }

    /** Opened again, the end is looked at. */
    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is opened again in any case.
        }
    }

    private void followMoves() throws IOException {
        long now = clock.millis();
        if (channel.isOpen() && Math.abs(now - looked) < LOOK_EVERY_MILLIS) {
            return;
        }
        looked = now;
        if (!channel.isOpen() || !Objects.equals(key, keyOfPath())) {
            channel.close();
            open();
        }
    }

    private Object keyOfPath() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void open() throws IOException {
        channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        key = keyOfPath();
        size = channel.size();
        if (size > 0 && !endsInNewline()) {
            // A process was killed in the middle of a line: what follows is to be whole.
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    private boolean endsInNewline() throws IOException {
        try (var reading = FileChannel.open(path)) {
            var last = ByteBuffer.allocate(1);
            return reading.read(last, size - 1) == 1 && last.get(0) == '\n';
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        backups.close();
    }
}
