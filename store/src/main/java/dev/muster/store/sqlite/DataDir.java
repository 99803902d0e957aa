package dev.muster.store.sqlite;

import dev.muster.core.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder {@code store} of a data directory: ours alone (0700), and its files too (0600). */
record DataDir(Path root, Path folder) {

    static DataDir prepare(Path root) {
        Path folder = root.resolve("store");
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root.toAbsolutePath().getParent());
                createFolder(root);
                sync(root.toAbsolutePath().getParent());
            }
            createFolder(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            sync(root);
            return new DataDir(root, folder);
        } catch (IOException e) {
            throw new StoreException("data directory " + root + " cannot be used: " + e, e);
        }
    }

    /** The database. Its log and its index in shared memory lie beside it and get its permissions. */
    Path database() {
        return folder.resolve("muster.db");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path nativeLibraries() {
        return folder.resolve("native");
    }

    /** Makes an empty file that only we may read, if it is not there yet. */
    static void createFile(Path file) throws IOException {
        var mode = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
            sync(file.getParent());
        } catch (FileAlreadyExistsException _) {
            Files.setPosixFilePermissions(file, mode);
        }
    }

    static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Makes names in a folder durable: a file's own sync does not. */
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
