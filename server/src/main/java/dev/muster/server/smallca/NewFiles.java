package dev.muster.server.smallca;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files that were not there before. */
final class NewFiles {

    private static final String KEY = "rw-------";
    private static final String PUBLIC = "rw-r--r--";

    private NewFiles() {}

    /** A key and its certificate: both, or neither. */
    static void pair(Path keyFile, String key, Path certificateFile, String certificate) throws IOException {
        write(keyFile, key, KEY);
        try {
            write(certificateFile, certificate, PUBLIC);
        } catch (IOException e) {
            Files.delete(keyFile);
            throw e;
        }
    }

    private static void write(Path file, String content, String permissions) throws IOException {
        var attribute = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, attribute)) {
            var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already and is not overwritten", e);
        }
    }
}
