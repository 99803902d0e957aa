package dev.muster.server.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Full files: {@code audit.log} becomes {@code audit-2026-01-31T23-59-59.000.log} (UTC), compressed {@code ….log.gz}: the names
 * that kube-apiserver's files have. Only files of such names are ever removed.
 */
final class Backups {

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String PACKED = ".gz";

    private final Path folder;
    private final Path current;
    private final String prefix;
    private final String suffix;
    private final LogSettings.Rotation rotation;
    private final InstantSource clock;
    private final ExecutorService tidier = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("muster-audit-tidy").daemon().factory());

    private record Backup(Path file, Instant when) {}

    Backups(Path current, LogSettings.Rotation rotation, InstantSource clock) {
        this.current = current;
        this.folder = current.toAbsolutePath().getParent();
        this.rotation = rotation;
        this.clock = clock;
        String name = current.getFileName().toString();
        int dot = name.lastIndexOf('.');
        this.prefix = (dot < 0 ? name : name.substring(0, dot)) + "-";
        this.suffix = dot < 0 ? "" : name.substring(dot);
    }

    /** Renames the current file. */
    void keep() throws IOException {
        Instant when = clock.instant();
        Path target = folder.resolve(prefix + STAMP.format(when) + suffix);
        while (Files.exists(target) || Files.exists(Path.of(target + PACKED))) {
            when = when.plusMillis(1);
            target = folder.resolve(prefix + STAMP.format(when) + suffix);
        }
        try {
            Files.move(current, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            LOG.info("{} had been moved away already", current);
        }
    }

    /** Removes what is too old or too much and compresses the rest, elsewhere: nobody waits for it. */
    void tidy() {
        tidier.execute(() -> {
            try {
                remove();
                if (rotation.compress()) {
                    for (Backup one : all()) {
                        pack(one.file());
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                LOG.warn("old audit logs in {} cannot be tidied: {}", folder, e.getMessage());
            }
        });
    }

    private void remove() throws IOException {
        List<Backup> newestFirst = all();
        Instant oldest = clock.instant().minus(Duration.ofDays(rotation.maxAgeDays()));
        for (int i = 0; i < newestFirst.size(); i++) {
            boolean tooMany = rotation.maxBackups() > 0 && i >= rotation.maxBackups();
            boolean tooOld =
                    rotation.maxAgeDays() > 0 && newestFirst.get(i).when().isBefore(oldest);
            if (tooMany || tooOld) {
                Files.deleteIfExists(newestFirst.get(i).file());
            }
        }
    }

    private List<Backup> all() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(file -> stamp(file).map(when -> new Backup(file, when)).stream())
                    .sorted(Comparator.comparing(Backup::when).reversed())
                    .toList();
        }
    }

    private Optional<Instant> stamp(Path file) {
        String name = file.getFileName().toString();
        String plain = name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
        if (!plain.startsWith(prefix)
                || !plain.endsWith(suffix)
                || plain.length() <= prefix.length() + suffix.length()) {
            return Optional.empty();
        }
        try {
            String stamp = plain.substring(prefix.length(), plain.length() - suffix.length());
            return Optional.of(LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static void pack(Path file) throws IOException {
        if (file.toString().endsWith(PACKED)) {
            return;
        }
        Path fresh = Path.of(file + PACKED + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = new GZIPOutputStream(Files.newOutputStream(fresh))) {
            Files.copy(file, out);
        }
        Files.move(fresh, Path.of(file + PACKED), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(file);
    }

    void close() {
        tidier.shutdown();
        try {
            tidier.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
