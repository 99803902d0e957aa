package dev.muster.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unpacked library of the driver. */
final class NativeLibraryTest {

    private static final String PATH = "org.sqlite.lib.path";
    private static final List<String> PROPERTIES = List.of(PATH, "org.sqlite.tmpdir");

    @TempDir
    private Path folder;

    private final Map<String, String> before = new HashMap<>();

    @BeforeEach
    void forget() {
        for (String property : PROPERTIES) {
            before.put(property, System.clearProperty(property));
        }
    }

    @AfterEach
    void restore() {
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }

    private Path prepared() {
        System.clearProperty(PATH);
        NativeLibrary.point(folder);
        assertThat(System.getProperty(PATH)).isEqualTo(folder.toAbsolutePath().toString());
        return folder.resolve(System.mapLibraryName("sqlitejdbc"));
    }

    @Test
    void itIsUnpackedOnce() throws Exception {
        var made = Files.getLastModifiedTime(prepared());
        assertThat(Files.getLastModifiedTime(prepared())).isEqualTo(made);
    }

    @Test
    void itIsMendedWhenDamagedOrCutShort() throws Exception {
        byte[] good = Files.readAllBytes(prepared());
        byte[] bad = good.clone();
        bad[1000] ^= 1;
        Files.write(prepared(), bad);
        assertThat(Files.readAllBytes(prepared())).isEqualTo(good);
        Files.write(prepared(), new byte[10]);
        assertThat(Files.readAllBytes(prepared())).isEqualTo(good);
        Files.writeString(folder.resolve("origin"), "Nowhere/else");
        assertThat(Files.readAllBytes(prepared())).isEqualTo(good);
    }

    @Test
    void whereAnOperatorHasSaidWhereItLiesNothingIsDone() {
        System.setProperty(PATH, "/somewhere");
        NativeLibrary.point(folder);
        assertThat(folder).isEmptyDirectory();
    }
}
