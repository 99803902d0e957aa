package dev.muster.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.audit.AuditEvent;
import dev.muster.server.audit.LogSettings.Batching;
import dev.muster.server.audit.LogSettings.Mode;
import dev.muster.server.audit.LogSettings.Rotation;
import dev.muster.server.audit.LogSettings.Truncation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines in files: whole, in order, rotated; what is lost is counted. */
class AuditLogTest {

    @TempDir
    Path folder;

    /** @param latch what putting it into words waits for */
    record Line(String text, CountDownLatch latch) implements AuditEvent {

        Line(String text) {
            this(text, new CountDownLatch(0));
        }

        @Override
        public byte[] json(boolean whole) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return (whole ? text : text.substring(0, 4)).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] legacy() {
            return json(true);
        }

        @Override
        public boolean hasObjects() {
            return true;
        }

        @Override
        public long weight() {
            return text.length();
        }

        @Override
        public String summary() {
            return "a line";
        }
    }

    private Path file() {
        return folder.resolve("logs/audit.log");
    }

    private LogSettings settings(Path path, Mode mode, Rotation rotation, int buffer, long maxEvent) {
        return new LogSettings(
                Optional.of(path),
                false,
                mode,
                rotation,
                new Batching(buffer, 1, Duration.ZERO, 0, 0),
                new Truncation(maxEvent));
    }

    private LogSettings settings(Mode mode) {
        return settings(file(), mode, new Rotation(0, 0, 0, false), 100, 0);
    }

    private static boolean write(AuditLog log, String text) throws InterruptedException {
        var done = new CountDownLatch(1);
        var answer = new boolean[1];
        log.take(new Line(text), ok -> {
            answer[0] = ok;
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        return answer[0];
    }

    private static long count(AuditLog log, String plugin) {
        Map<String, LongSupplier> counted = new ConcurrentHashMap<>();
        log.report(counted::put);
        return counted.get("apiserver_audit_error_total{plugin=\"" + plugin + "\"}")
                .getAsLong();
    }

    @Test
    void linesAreWrittenInOrderToAFileOfItsOwnerAlone() throws Exception {
        try (var log = AuditLog.open(settings(Mode.BATCH), InstantSource.system())) {
            for (int i = 0; i < 50; i++) {
                write(log, "line " + i);
            }
        }
        assertThat(Files.readAllLines(file()))
                .hasSize(50)
                .startsWith("line 0", "line 1")
                .endsWith("line 49");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void whoWaitsGoesOnWhenTheLineIsThere() throws Exception {
        try (var log = AuditLog.open(settings(Mode.BLOCKING), InstantSource.system())) {
            assertThat(write(log, "one")).isTrue();
            assertThat(Files.readString(file())).isEqualTo("one\n");
        }
    }

    @Test
    void aFullFileIsRotatedUnderLumberjacksNameAndOldOnesGo() throws Exception {
        var rotation = new Rotation(100, 0, 3, false);
        try (var log = AuditLog.open(settings(file(), Mode.BLOCKING, rotation, 10, 0), InstantSource.system())) {
            for (int i = 0; i < 40; i++) {
                write(log, "x".repeat(39));
            }
        }
        try (Stream<Path> files = Files.list(file().getParent())) {
            var names = files.map(f -> f.getFileName().toString()).sorted().toList();
            assertThat(names).hasSize(4).endsWith("audit.log");
            assertThat(names.getFirst()).matches("audit-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}\\.log");
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(100);
    }

    @Test
    void rotatedFilesAreCompressedAndOthersAreLeftAlone() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file().resolveSibling("audit-old.log"), "not ours");
        try (var log = AuditLog.open(
                settings(file(), Mode.BLOCKING, new Rotation(50, 1, 1, true), 10, 0), InstantSource.system())) {
            for (int i = 0; i < 4; i++) {
                write(log, "x".repeat(39));
            }
        }
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .hasSize(3)
                    .contains("audit-old.log", "audit.log")
                    .anyMatch(n -> n.endsWith(".log.gz"));
        }
    }

    @Test
    void aFileThatIsMovedAwayIsOpenedAnew() throws Exception {
        try (var log = AuditLog.open(settings(Mode.BLOCKING), InstantSource.system())) {
            write(log, "one");
            Files.move(file(), file().resolveSibling("moved"));
            Thread.sleep(600);
            write(log, "two");
        }
        assertThat(Files.readString(file())).isEqualTo("two\n");
        assertThat(Files.readString(file().resolveSibling("moved"))).isEqualTo("one\n");
    }

    @Test
    void aLineThatAKilledProcessLeftHalfDoesNotSpoilTheNext() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "whole\nhal");
        try (var log = AuditLog.open(settings(Mode.BLOCKING), InstantSource.system())) {
            write(log, "next");
        }
        assertThat(Files.readAllLines(file())).containsExactly("whole", "hal", "next");
    }

    @Test
    void aFullDiskIsCountedAndStrictSaysNo() throws Exception {
        Path full = Path.of("/dev/full");
        var rotation = new Rotation(0, 0, 0, false);
        try (var log = AuditLog.open(settings(full, Mode.BLOCKING, rotation, 10, 0), InstantSource.system())) {
            assertThat(write(log, "one")).isTrue();
            assertThat(count(log, "log")).isEqualTo(1);
        }
        try (var log = AuditLog.open(settings(full, Mode.BLOCKING_STRICT, rotation, 10, 0), InstantSource.system())) {
            assertThat(write(log, "one")).isFalse();
            assertThat(write(log, "two")).isFalse();
            assertThat(count(log, "log")).isEqualTo(2);
        }
    }

    @Test
    void aFullQueueNeverBlocksAndIsCounted() throws Exception {
        var latch = new CountDownLatch(1);
        var answered = new AtomicInteger();
        try (var log = AuditLog.open(
                settings(file(), Mode.BATCH, new Rotation(0, 0, 0, false), 10, 0), InstantSource.system())) {
            log.take(new Line("first", latch), _ -> answered.incrementAndGet());
            Thread.sleep(50);
            for (int i = 0; i < 100; i++) {
                log.take(new Line("more"), _ -> answered.incrementAndGet());
            }
            assertThat(answered).hasValue(101);
            assertThat(count(log, "buffered")).isGreaterThanOrEqualTo(90);
            latch.countDown();
        }
        assertThat(Files.readAllLines(file())).hasSizeBetween(2, 11);
    }

    @Test
    void aLargeEventLosesItsObjectsAndOneThatStaysLargeIsCounted() throws Exception {
        try (var log = AuditLog.open(
                settings(file(), Mode.BLOCKING, new Rotation(0, 0, 0, false), 10, 10), InstantSource.system())) {
            write(log, "0123456789abcdef");
        }
        assertThat(Files.readAllLines(file())).isEqualTo(List.of("0123"));
        Path other = folder.resolve("b/audit.log");
        try (var log = AuditLog.open(
                settings(other, Mode.BLOCKING, new Rotation(0, 0, 0, false), 10, 3), InstantSource.system())) {
            write(log, "0123456789abcdef");
            assertThat(count(log, "truncate")).isEqualTo(1);
        }
        assertThat(Files.readAllLines(other)).isEmpty();
    }
}
