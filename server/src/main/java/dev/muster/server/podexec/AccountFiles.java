package dev.muster.server.podexec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A folder as a node mounts it into a pod: each name is a link into {@code ..data}, which is itself a link to a folder of this
 * moment, so that all files change at once.
 */
final class AccountFiles implements AutoCloseable {

    private static final String DATA = "..data";

    private final Path folder;
    private int moment;

    /** In a new folder below the temporary one, its owner's alone. */
    static AccountFiles make() throws IOException {
        return new AccountFiles(Files.createTempDirectory(
                "muster-pod-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    private AccountFiles(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Replaces all files by these, at once. */
    void put(Map<String, String> files) throws IOException {
        Path fresh = Files.createDirectory(folder.resolve("..moment-" + moment++));
        for (var file : files.entrySet()) {
            Files.write(fresh.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
        }
        Path data = folder.resolve(DATA);
        Path before = Files.isSymbolicLink(data) ? folder.resolve(Files.readSymbolicLink(data)) : null;
        Path link = Files.createSymbolicLink(folder.resolve("..data_new"), fresh.getFileName());
        Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (String name : files.keySet()) {
            Path shown = folder.resolve(name);
            if (!Files.isSymbolicLink(shown)) {
                Files.createSymbolicLink(shown, Path.of(DATA, name));
            }
        }
        if (before != null) {
            remove(before);
        }
    }

    @Override
    public void close() throws IOException {
        remove(folder);
    }

    private static void remove(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
