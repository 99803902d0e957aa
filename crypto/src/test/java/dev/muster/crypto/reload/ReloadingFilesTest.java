package dev.muster.crypto.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingFilesTest {

    @TempDir
    private Path folder;

    private Path file;
    private final List<String> heard = new ArrayList<>();

    private final ReloadingFiles.Listener listener = new ReloadingFiles.Listener() {
        @Override
        public void reloaded(List<Path> files) {
            heard.add("reloaded");
        }

        @Override
        public void kept(List<Path> files, String why) {
            heard.add("kept: " + why);
        }
    };

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("a"), "one");
    }

    private static String read(List<byte[]> contents) throws ReloadingFiles.Malformed {
        var text = new StringBuilder();
        for (var content : contents) {
            text.append(new String(content, StandardCharsets.UTF_8));
        }
        if (text.isEmpty() || text.toString().contains("bad")) {
            throw new ReloadingFiles.Malformed("makes no sense", null);
        }
        if (text.toString().contains("bug")) {
            throw new IllegalStateException("bug");
        }
        return text.toString();
    }

    private ReloadingFiles<String> open(Path... files) throws Exception {
        return ReloadingFiles.open(List.of(files), 100, ReloadingFilesTest::read, listener);
    }

    @Test
    void changedContentIsRead() throws Exception {
        var reloading = open(file);
        assertThat(reloading.get()).isEqualTo("one");
        reloading.poll();
        Files.writeString(file, "other");
        reloading.poll();
        assertThat(reloading.get()).isEqualTo("other");
        assertThat(heard).containsExactly("reloaded");
    }

    @Test
    void contentThatMakesNoSenseIsToldOnceAndIgnored() throws Exception {
        var reloading = open(file);
        for (String content : List.of("", "bad")) {
            Files.writeString(file, content);
            reloading.poll();
            reloading.poll();
            assertThat(reloading.get()).isEqualTo("one");
        }
        assertThat(heard).containsExactly("kept: makes no sense", "kept: makes no sense");
        Files.writeString(file, "three");
        reloading.poll();
        assertThat(reloading.get()).isEqualTo("three");
    }

    @Test
    void aFileThatIsGoneOrTooLargeIsToldOnceAndReadWhenItIsBack() throws Exception {
        var reloading = open(file);
        Files.delete(file);
        reloading.poll();
        reloading.poll();
        assertThat(heard).singleElement().asString().startsWith("kept: cannot be read");
        Files.writeString(file, "x".repeat(101));
        reloading.poll();
        assertThat(reloading.get()).isEqualTo("one");
        Files.writeString(file, "back");
        reloading.poll();
        assertThat(reloading.get()).isEqualTo("back");
    }

    @Test
    void aFileMovedOverTheOldOneOrBehindALinkIsSeen() throws Exception {
        var link = folder.resolve("link");
        Files.createSymbolicLink(link, file);
        var reloading = open(link);

        Files.move(Files.writeString(folder.resolve("new"), "two"), file, StandardCopyOption.REPLACE_EXISTING);
        reloading.poll();
        assertThat(reloading.get()).isEqualTo("two");

        var third = Files.writeString(folder.resolve("third"), "3rd");
        var fresh = Files.createSymbolicLink(folder.resolve("fresh"), third);
        Files.move(fresh, link, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        reloading.poll();
        assertThat(reloading.get()).isEqualTo("3rd");
    }

    @Test
    void aChangeThatHidesItsTimeIsFoundWithinAMinuteOfPolls() throws Exception {
        var time = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, time);
        var reloading = open(file);
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        for (int i = 0; i < 60; i++) {
            reloading.poll();
        }
        assertThat(reloading.get()).isEqualTo("two");
    }

    @Test
    void ofTwoFilesThatBelongTogetherNeitherIsTakenAlone() throws Exception {
        var other = Files.writeString(folder.resolve("b"), "1");
        var reloading = open(file, other);
        assertThat(reloading.get()).isEqualTo("one1");
        Files.writeString(file, "bad one");
        reloading.poll();
        assertThat(reloading.get()).isEqualTo("one1");
        Files.writeString(file, "two");
        Files.writeString(other, "2");
        reloading.poll();
        assertThat(reloading.get()).isEqualTo("two2");
    }

    @Test
    void aBugInAReaderDoesNotEndThePolling() throws Exception {
        var reloading = open(file);
        Files.writeString(file, "a bug");
        reloading.poll();
        assertThat(heard).singleElement().asString().startsWith("kept: reading failed");
        Files.writeString(file, "mended");
        reloading.poll();
        assertThat(reloading.get()).isEqualTo("mended");
    }

    @Test
    void theFirstReadingMustSucceed() throws IOException {
        Files.writeString(file, "bad");
        assertThatThrownBy(() -> open(file)).isInstanceOf(ReloadingFiles.Malformed.class);
        assertThatThrownBy(() -> open(folder.resolve("nowhere"))).isInstanceOf(IOException.class);
    }

    @Test
    void onAScheduleItLooksByItself() throws Exception {
        var changed = new CountDownLatch(1);
        var counting = new ReloadingFiles.Listener() {
            @Override
            public void reloaded(List<Path> files) {
                changed.countDown();
            }

            @Override
            public void kept(List<Path> files, String why) {}
        };
        try (var scheduler = Executors.newSingleThreadScheduledExecutor()) {
            var reloading = ReloadingFiles.open(List.of(file), 100, ReloadingFilesTest::read, counting)
                    .every(Duration.ofMillis(10), scheduler);
            Files.writeString(file, "two");
            assertThat(changed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(reloading.get()).isEqualTo("two");
            scheduler.shutdownNow();
        }
    }
}
