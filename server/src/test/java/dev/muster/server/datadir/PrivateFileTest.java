package dev.muster.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {

    @TempDir
    Path folder;

    @Test
    void onlyTheOwnerCanReadWhatIsWrittenEvenWhenTheOldFileWasOpenToAll() throws Exception {
        Path file = folder.resolve("key");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        PrivateFile.write(file, "secret");

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(file).hasContent("secret");
    }

    @Test
    void aPlantedLinkIsReplacedAndNotFollowed() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "untouched");
        Path link = Files.createSymbolicLink(folder.resolve("key"), elsewhere);

        PrivateFile.write(link, "secret");

        assertThat(elsewhere).hasContent("untouched");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void theFoldersOfADataDirAreTheOwnersAlone() throws Exception {
        DataDir dir = DataDir.open(folder.resolve("a/b/data"));

        for (Path part : new Path[] {dir.root(), dir.pki(), dir.people()}) {
            assertThat(Files.getPosixFilePermissions(part)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aFileInTheWayIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataDir.open(file)).hasMessage(file + " is in the way: it is no folder");
        assertThatThrownBy(() -> DataDir.open(file.resolve("below")))
                .hasMessage(file + " is in the way: it is no folder");
    }

    @Test
    void aFolderThatCannotBeMadeIsExplained() {
        assertThatThrownBy(() -> DataDir.open(Path.of("/proc/muster"))).hasMessageContaining("the folder /proc/muster");
    }

    @Test
    void aFolderOfKeysThatOthersMayWriteIsNotBelieved() throws Exception {
        DataDir dir = DataDir.open(folder.resolve("data"));
        Files.setPosixFilePermissions(dir.pki(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> DataDir.open(dir.root()))
                .hasMessageContaining("can be written by others")
                .hasMessageContaining("chmod 700 " + dir.pki());
    }
}
