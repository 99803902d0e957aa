package dev.muster.store.sqlite;

import dev.muster.core.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/**
 * Keeps SQLite's native library unpacked in the data directory. The driver would otherwise find out what machine this is by
 * running a program, and unpack into the shared temporary folder, at every start. What is there is used only if size and
 * checksum are those in the jar.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String LIBRARY_PATH = "org.sqlite.lib.path";
    private static final String TEMPORARY_PATH = "org.sqlite.tmpdir";
    /** Names the folder in the jar that the library was taken from, such as {@code Linux/x86_64}. */
    private static final String ORIGIN = "origin";

    private NativeLibrary() {}

    /** Loads the library, once in the life of the process. */
    static synchronized void load(Path folder) {
        point(folder);
        try {
            if (SQLiteJDBCLoader.initialize()) {
                return;
            }
        } catch (Exception e) {
            throw new StoreException("SQLite's native library cannot be loaded: " + e.getMessage(), e);
        }
        throw new StoreException("SQLite's native library cannot be loaded");
    }

    /** Points the driver at an unpacked library, unless the operator has done so, or says in the log why not. */
    static void point(Path folder) {
        if (System.getProperty(LIBRARY_PATH) != null) {
            return;
        }
        try {
            DataDir.createFolder(folder);
            if (System.getProperty(TEMPORARY_PATH) == null) {
                System.setProperty(TEMPORARY_PATH, folder.toAbsolutePath().toString());
            }
            String name = System.mapLibraryName("sqlitejdbc");
            if (!isWhole(folder, name)) {
                unpack(folder, name);
            }
            System.setProperty(LIBRARY_PATH, folder.toAbsolutePath().toString());
        } catch (IOException e) {
            LOG.warn("SQLite's native library is not kept in {} and will be unpacked at every start: {}", folder, e);
        }
    }

    private static boolean isWhole(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        Path origin = folder.resolve(ORIGIN);
        if (!Files.isRegularFile(file) || !Files.isRegularFile(origin)) {
            return false;
        }
        Optional<JarURLConnection> packed = packed(Files.readString(origin), name);
        if (packed.isEmpty() || Files.size(file) != packed.get().getJarEntry().getSize()) {
            return false;
        }
        var crc = new CRC32();
        crc.update(Files.readAllBytes(file));
        return crc.getValue() == packed.get().getJarEntry().getCrc();
    }

    private static Optional<JarURLConnection> packed(String origin, String name) throws IOException {
        URL url = SQLiteJDBCLoader.class.getResource("/org/sqlite/native/" + origin + "/" + name);
        return url != null && url.openConnection() instanceof JarURLConnection connection
                ? Optional.of(connection)
                : Optional.empty();
    }

    private static void unpack(Path folder, String name) throws IOException {
        String origin = OSInfo.getNativeLibFolderPathForCurrentOS();
        JarURLConnection packed = packed(origin, name)
                .orElseThrow(() -> new IOException("the driver has no library for " + origin + " in a jar"));
        try (InputStream in = packed.getInputStream()) {
            replace(folder.resolve(name), in.readAllBytes());
        }
        replace(folder.resolve(ORIGIN), origin.getBytes(StandardCharsets.UTF_8));
    }

    private static void replace(Path file, byte[] content) throws IOException {
        var mode = PosixFilePermissions.fromString("rwx------");
        Path partial =
                Files.createTempFile(file.getParent(), "unpacking", null, PosixFilePermissions.asFileAttribute(mode));
        try {
            Files.write(partial, content);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
