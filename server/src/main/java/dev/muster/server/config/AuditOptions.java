package dev.muster.server.config;

import dev.muster.core.audit.Policy;
import dev.muster.server.audit.LogSettings;
import dev.muster.server.audit.PolicyFile;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.Flags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is recorded of requests, and where.
 *
 * @param policy empty = nothing is recorded
 * @param log empty = nowhere
 */
public record AuditOptions(Optional<Policy> policy, Optional<LogSettings> log) {

    private static final String POLICY = "audit-policy-file";
    private static final String PATH = "audit-log-path";
    private static final String FORMAT = "audit-log-format";
    private static final String MODE = "audit-log-mode";
    private static final String VERSION = "audit-log-version";
    private static final String BATCH = "audit-log-batch-";
    private static final String TRUNCATE = "audit-log-truncate-";
    private static final int MEGABYTE = 1024 * 1024;

    /** Whether anything is recorded. */
    public boolean isOn() {
        return policy.isPresent() && log.isPresent();
    }

    static List<Flag> flags() {
        return List.of(
                Flag.text(POLICY, "", "File with an audit.k8s.io/v1 Policy; without one nothing is audited."),
                Flag.text(PATH, "", "File of the audit log; - is standard output; without it nothing is audited."),
                Flag.text(FORMAT, "json", "json, or legacy (one line of text for each event)."),
                Flag.text(
                        MODE,
                        "blocking",
                        "blocking: answers wait until their events are written; blocking-strict: and requests whose"
                                + " receipt cannot be written are refused; batch: nobody waits."),
                Flag.text(VERSION, "audit.k8s.io/v1", "Version of the events."),
                Flag.number("audit-log-maxsize", 100, "Megabytes of a log file before it is rotated; 0 = never."),
                Flag.number("audit-log-maxbackup", 100, "How many rotated files are kept; 0 = all."),
                Flag.number("audit-log-maxage", 366, "How many days rotated files are kept; 0 = for ever."),
                Flag.bool("audit-log-compress", false, "Whether rotated files are compressed with gzip."),
                Flag.number(BATCH + "buffer-size", 10_000, "Events that may wait, in mode batch."),
                Flag.number(BATCH + "max-size", 1, "Most events written at once, in mode batch."),
                Flag.duration(BATCH + "max-wait", "0s", "How long to wait for so many events, in mode batch."),
                Flag.bool(BATCH + "throttle-enable", false, "Whether batches are limited in number."),
                Flag.text(BATCH + "throttle-qps", "0", "Batches a second, on average."),
                Flag.number(BATCH + "throttle-burst", 0, "Batches at once after a pause."),
                Flag.bool(TRUNCATE + "enabled", false, "Whether large events lose their objects."),
                Flag.number(TRUNCATE + "max-event-size", 102_400, "Most bytes of an event."),
                Flag.number(TRUNCATE + "max-batch-size", 10_485_760, "Most bytes of a batch; not less than an event."));
    }

    static AuditOptions from(Flags flags) {
        return new AuditOptions(policy(flags), log(flags));
    }

    private static Optional<Policy> policy(Flags flags) {
        return flags.optional(POLICY).map(Path::of).flatMap(file -> {
            var read = PolicyFile.read(file);
            read.problems().forEach(problem -> flags.problem(POLICY, "loading audit policy file: " + problem));
            return read.policy();
        });
    }

    private static Optional<LogSettings> log(Flags flags) {
        var rotation = new LogSettings.Rotation(
                (long) flags.number("audit-log-maxsize", 0, 1_000_000) * MEGABYTE,
                flags.number("audit-log-maxage", 0, 36_500),
                flags.number("audit-log-maxbackup", 0, 1_000_000),
                flags.bool("audit-log-compress"));
        String format = flags.text(FORMAT);
        if (!format.equals("json") && !format.equals("legacy")) {
            flags.problem(FORMAT, "invalid audit log format " + format + ", allowed formats are \"json,legacy\"");
        }
        if (!flags.text(VERSION).equals("audit.k8s.io/v1")) {
            flags.problem(VERSION, "invalid group version, allowed versions are \"audit.k8s.io/v1\"");
        }
        var mode = mode(flags);
        var batching = batching(flags);
        var truncation = truncation(flags);
        return flags.optional(PATH)
                .map(path -> new LogSettings(
                        file(flags, path), format.equals("legacy"), mode, rotation, batching, truncation));
    }

    private static Optional<Path> file(Flags flags, String path) {
        if (path.equals("-")) {
            return Optional.empty();
        }
        Path file = Path.of(path);
        if (Files.isDirectory(file)) {
            flags.problem(PATH, "open " + file + ": is a directory");
        }
        return Optional.of(file);
    }

    private static LogSettings.Mode mode(Flags flags) {
        String mode = flags.text(MODE);
        return switch (mode) {
            case "batch" -> LogSettings.Mode.BATCH;
            case "blocking" -> LogSettings.Mode.BLOCKING;
            case "blocking-strict" -> LogSettings.Mode.BLOCKING_STRICT;
            default -> {
                flags.problem(
                        MODE,
                        "invalid audit log mode " + mode + ", allowed modes are \"batch,blocking,blocking-strict\"");
                yield LogSettings.Mode.BLOCKING;
            }
        };
    }

    private static LogSettings.Batching batching(Flags flags) {
        int buffer = flags.number(BATCH + "buffer-size", 1, 10_000_000);
        int size = flags.number(BATCH + "max-size", 1, 1_000_000);
        var wait = flags.duration(BATCH + "max-wait");
        boolean throttled = flags.bool(BATCH + "throttle-enable");
        double perSecond = 0;
        try {
            perSecond = Double.parseDouble(flags.text(BATCH + "throttle-qps"));
        } catch (NumberFormatException e) {
            flags.problem(BATCH + "throttle-qps", "must be a number");
        }
        int burst = flags.number(BATCH + "throttle-burst", 0, 1_000_000);
        if (throttled && !(perSecond > 0)) {
            flags.problem(
                    BATCH + "throttle-qps",
                    "invalid audit batch log throttle QPS " + flags.text(BATCH + "throttle-qps")
                            + ", must be a positive number");
        }
        if (throttled && burst <= 0) {
            flags.problem(
                    BATCH + "throttle-burst",
                    "invalid audit batch log throttle burst " + burst + ", must be a positive number");
        }
        return new LogSettings.Batching(buffer, size, wait, throttled ? perSecond : 0, burst);
    }

    private static LogSettings.Truncation truncation(Flags flags) {
        int event = flags.number(TRUNCATE + "max-event-size", 1, Integer.MAX_VALUE);
        int batch = flags.number(TRUNCATE + "max-batch-size", 1, Integer.MAX_VALUE);
        if (batch < event) {
            flags.problem(
                    TRUNCATE + "max-batch-size",
                    "invalid audit truncate log max batch size " + batch + ", must be greater than max event size ("
                            + event + ")");
        }
        return new LogSettings.Truncation(flags.bool(TRUNCATE + "enabled") ? event : 0);
    }
}
