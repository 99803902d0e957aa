package dev.muster.server.audit;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;

/** Where lines go: a file that is rotated, or standard output. For one thread. */
interface Outlet extends Closeable {

    /** Whether what goes there must be divided at so many bytes. */
    boolean isFullFor(long more);

    void makeRoom() throws IOException;

    /** Whole lines, or nothing. */
    void write(ByteBuffer lines) throws IOException;

    static Outlet of(LogSettings settings, InstantSource clock) throws IOException {
        return settings.path().isEmpty()
                ? new StandardOutput()
                : new ToFile(new LogFile(settings.path().get(), settings.rotation(), clock));
    }

    /** A file. */
    record ToFile(LogFile file) implements Outlet {
        @Override
        public boolean isFullFor(long more) {
            return file.isFullFor(more);
        }

        @Override
        public void makeRoom() throws IOException {
            file.rotate();
        }

        @Override
        public void write(ByteBuffer lines) throws IOException {
            file.write(lines);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** The stream of the process, which it shares with others and which is not ours to close. */
    final class StandardOutput implements Outlet {
        private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

        @Override
        public boolean isFullFor(long more) {
            return false;
        }

        @Override
        public void makeRoom() {}

        @Override
        public void write(ByteBuffer lines) throws IOException {
            out.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
        }

        @Override
        public void close() {}
    }
}
