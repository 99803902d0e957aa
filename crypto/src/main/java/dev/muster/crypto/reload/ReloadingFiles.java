package dev.muster.crypto.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A value read from one or more files, read again when they change. New content that cannot be read or makes no sense is told to
 * the listener and ignored: the old value stays, as in Kubernetes, so that a half-written file locks nobody out.
 *
 * @param <T> what the files say
 */
public final class ReloadingFiles<T> implements Supplier<T> {

    /** Kubernetes looks once a minute; a removed authority should not be trusted that long. */
    public static final Duration OFTEN = Duration.ofSeconds(1);

    /** Every so many polls the content is compared even where time, size and file look the same. */
    private static final int LOOK_INSIDE_EVERY = 60;

    /** Makes the value from the files' contents, in the order of the files. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * @throws Malformed when they make no sense
         */
        T read(List<byte[]> contents) throws Malformed;
    }

    /** Hears what came of a changed file. */
    public interface Listener {
        /** A new value is in force. */
        void reloaded(List<Path> files);

        /** The old value stays. */
        void kept(List<Path> files, String why);
    }

    /** Contents make no sense; the message goes to the operator. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        public Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private record Look(FileTime modified, long size, Object file) {}

    private final List<Path> files;
    private final int largest;
    private final Reader<T> reader;
    private final Listener listener;
    private volatile T value;
    private List<Look> looked;
    private List<byte[]> contents;
    private int polls;

    private ReloadingFiles(List<Path> files, int largest, Reader<T> reader, Listener listener)
            throws IOException, Malformed {
        this.files = List.copyOf(files);
        this.largest = largest;
        this.reader = reader;
        this.listener = listener;
        this.looked = look();
        this.contents = contents();
        this.value = reader.read(contents);
    }

    /**
     * Reads for the first time, which must succeed.
     *
     * @param largest the most bytes of one file
     */
    public static <T> ReloadingFiles<T> open(List<Path> files, int largest, Reader<T> reader, Listener listener)
            throws IOException, Malformed {
        return new ReloadingFiles<>(files, largest, reader, listener);
    }

    /** Looks again and again from now on, until the scheduler is shut down. */
    public ReloadingFiles<T> every(Duration period, ScheduledExecutorService scheduler) {
        var unused = scheduler.scheduleWithFixedDelay(
                this::poll, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        Objects.requireNonNull(unused);
        return this;
    }

    @Override
    public T get() {
        return value;
    }

    /** Looks once, now. Never throws for what the files may hold. */
    public synchronized void poll() {
        try {
            var now = look();
            boolean inside = ++polls % LOOK_INSIDE_EVERY == 0;
            if (now.equals(looked) && !inside) {
                return;
            }
            looked = now;
            var fresh = contents();
            if (same(fresh, contents)) {
                return;
            }
            contents = fresh;
            value = reader.read(fresh);
            listener.reloaded(files);
        } catch (IOException e) {
            if (looked != null) {
                listener.kept(files, "cannot be read: " + e.getMessage());
            }
            looked = null;
        } catch (Malformed e) {
            listener.kept(files, e.getMessage());
        } catch (RuntimeException bug) {
            // A scheduler would stop polling for good.
            listener.kept(files, "reading failed: " + bug);
        }
    }

    private List<Look> look() throws IOException {
        var looks = new ArrayList<Look>();
        for (var file : files) {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            looks.add(new Look(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
        }
        return looks;
    }

    private List<byte[]> contents() throws IOException {
        var read = new ArrayList<byte[]>();
        for (var file : files) {
            try (var in = Files.newInputStream(file)) {
                var bytes = in.readNBytes(largest + 1);
                if (bytes.length > largest) {
                    throw new IOException("larger than " + largest + " bytes");
                }
                read.add(bytes);
            }
        }
        return read;
    }

    private static boolean same(List<byte[]> a, List<byte[]> b) {
        for (int i = 0; i < a.size(); i++) {
            if (!Arrays.equals(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }
}
