package dev.muster.server.podexec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AccountFilesTest {

    @Test
    void eachNameIsALinkIntoTheDataOfTheMoment() throws Exception {
        Path folder;
        try (var files = AccountFiles.make()) {
            folder = files.folder();
            files.put(Map.of("token", "1", "namespace", "team"));
            assertThat(Files.readSymbolicLink(folder.resolve("token"))).isEqualTo(Path.of("..data/token"));
            assertThat(Files.isSymbolicLink(folder.resolve("..data"))).isTrue();
            assertThat(folder.resolve("token")).hasContent("1");
            files.put(Map.of("token", "2", "namespace", "team"));
            assertThat(folder.resolve("token")).hasContent("2");
            try (var left = Files.list(folder)) {
                assertThat(left).as("token, namespace, ..data and one folder").hasSize(4);
            }
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void whoReadsMeanwhileReadsOneOrTheOther() throws Exception {
        try (var files = AccountFiles.make()) {
            files.put(Map.of("token", "aaaa"));
            var over = new AtomicBoolean();
            var wrong = new AtomicInteger();
            var reader = Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    try {
                        String seen = Files.readString(files.folder().resolve("token"));
                        wrong.addAndGet(seen.equals("aaaa") || seen.equals("bbbb") ? 0 : 1);
                    } catch (java.io.IOException e) {
                        // The folder of a moment ago: opened again, it is there.
                        Thread.onSpinWait();
                    }
                }
            });
            for (int i = 0; i < 200; i++) {
                files.put(Map.of("token", i % 2 == 0 ? "bbbb" : "aaaa"));
            }
            over.set(true);
            reader.join();
            assertThat(wrong).hasValue(0);
        }
    }
}
