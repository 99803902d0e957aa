package dev.muster.store.sqlite;

import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.core.store.Write;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens a store and writes from several threads; says of each write that was acknowledged so, in one system call. */
final class WritingChild {

    private WritingChild() {}

    /** Arguments: data directory, a name for the keys, threads, writes in all. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments[1];
        int threads = Integer.parseInt(arguments[2]);
        int most = Integer.parseInt(arguments[3]);
        var next = new AtomicInteger();
        try (var store = SqliteStore.open(Path.of(arguments[0]), SqliteOptions.DEFAULT);
                var out = new FileOutputStream(FileDescriptor.out)) {
            out.write("OPEN\n".getBytes(StandardCharsets.US_ASCII));
            var writers = new ArrayList<Thread>();
            for (int i = 0; i < threads; i++) {
                writers.add(Thread.ofPlatform().start(() -> {
                    for (int n = next.incrementAndGet(); n <= most; n = next.incrementAndGet()) {
                        write(store, out, name + "-" + n);
                    }
                }));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            if (most == 0) {
                // Only holds the directory.
                Thread.sleep(60_000);
            }
        }
    }

    private static void write(SqliteStore store, FileOutputStream out, String id) {
        byte[] value = ("<" + id + ">").getBytes(StandardCharsets.US_ASCII);
        Write write = store.write(new Mutation.Put(Key.of("/k/" + id), value, Revision.NONE));
        if (write instanceof Write.Done done) {
            try {
                out.write(("ACK <" + id + "> " + done.revision() + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
