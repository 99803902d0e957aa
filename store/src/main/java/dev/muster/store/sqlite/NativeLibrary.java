package dev.muster.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/**
 * Keeps SQLite's native library unpacked in the data directory, since the driver would otherwise unpack it into the
 * shared temporary folder at every start. What is there is used only if size and checksum are those in the jar.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String PATH = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /** Points the driver at an unpacked library, unless the operator has done so, or says in the log why not. */
    static synchronized void prepare(Path folder) {
        if (System.getProperty(PATH) != null) {
            return;
        }
        String name = System.mapLibraryName("sqlitejdbc");
        URL packed = SQLiteJDBCLoader.class.getResource(
                "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name);
        if (packed == null) {
            return;
        }
        try {
            System.setProperty(PATH, unpacked(packed, folder, name).toString());
        } catch (IOException e) {
            LOG.warn("SQLite's native library is not kept in {} and will be unpacked at every start: {}", folder, e);
        }
    }

    private static Path unpacked(URL packed, Path parent, String name) throws IOException {
        if (!(packed.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("the driver does not come from a jar");
        }
        var entry = connection.getJarEntry();
        String crc = HexFormat.of().toHexDigits((int) entry.getCrc());
        Path folder = parent.resolve(SQLiteJDBCLoader.getVersion() + "-" + crc);
        Path file = folder.resolve(name);
        if (!isWhole(file, entry.getSize(), entry.getCrc())) {
            DataDir.createFolder(parent);
            DataDir.createFolder(folder);
            unpack(connection, file);
        }
        return folder.toAbsolutePath();
    }

    private static boolean isWhole(Path file, long size, long expected) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != size) {
            return false;
        }
        var crc = new CRC32();
        crc.update(Files.readAllBytes(file));
        return crc.getValue() == expected;
    }

    private static void unpack(JarURLConnection connection, Path file) throws IOException {
        Path partial = Files.createTempFile(
                file.getParent(),
                "unpacking",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (InputStream in = connection.getInputStream()) {
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwx------"));
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
