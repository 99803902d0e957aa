package dev.muster.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No acknowledgement leaves the process before the sync of the log that covers it has returned: seen by strace. */
@Timeout(120)
final class SyncTraceTest {

    private static final int WRITES = 300;

    @TempDir
    private Path folder;

    @Test
    void noAcknowledgementLeavesBeforeItsSyncHasReturned() throws Exception {
        assertThat(onPath("strace"))
                .as("this test needs strace: install the Debian package strace")
                .isTrue();
        Path file = folder.resolve("trace");
        Process child = Children.java(
                List.of(
                        "strace",
                        "-f",
                        "-s",
                        "5000",
                        "-e",
                        "trace=openat,write,pwrite64,fsync,fdatasync",
                        "-o",
                        file.toString()),
                WritingChild.class,
                folder.resolve("data").toString(),
                "t",
                "4",
                Integer.toString(WRITES));
        long heard = Children.lines(child)
                .lines()
                .filter(line -> line.startsWith("ACK"))
                .count();
        assertThat(child.waitFor()).isZero();
        assertThat(heard).isEqualTo(WRITES);

        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        SyncTrace trace = SyncTrace.of(lines);
        assertThat(trace.acknowledged()).hasSize(WRITES);
        assertThat(trace.tooEarly()).isEmpty();

        // The judge itself: where syncs are missing, or come later, it must object.
        List<String> without =
                lines.stream().filter(line -> !line.contains("sync")).toList();
        assertThat(SyncTrace.of(without).tooEarly()).hasSize(WRITES);
        assertThat(SyncTrace.of(delayed(lines)).tooEarly()).isNotEmpty();
    }

    /** The trace as it would be if every sync of the log ran after the next acknowledgement. */
    private static List<String> delayed(List<String> lines) {
        var moved = new java.util.ArrayList<String>();
        var held = new java.util.ArrayList<String>();
        for (String line : lines) {
            if (line.contains("sync")) {
                held.add(line);
                continue;
            }
            moved.add(line);
            if (line.contains("ACK <")) {
                moved.addAll(held);
                held.clear();
            }
        }
        return moved;
    }

    private static boolean onPath(String tool) {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return true;
            }
        }
        return false;
    }
}
