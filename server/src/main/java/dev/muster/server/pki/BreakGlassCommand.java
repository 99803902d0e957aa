package dev.muster.server.pki;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.codec.Json;
import dev.muster.core.identity.User;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.Running;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code muster break-glass}: a client certificate of {@code system:masters} for a few hours, for the day on which RBAC itself is
 * broken. Nobody can take its rights away by policy, so it is short, has a reason, and is written down before it exists.
 */
public final class BreakGlassCommand implements Command {

    private static final Logger LOG = LoggerFactory.getLogger(BreakGlassCommand.class);
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final FlagSet FLAGS = new FlagSet(List.of(
            Flag.text("data-dir", "", "Data directory whose authority issues the certificate."),
            Flag.text("reason", "", "Why; required, and kept in break-glass.log."),
            Flag.duration("duration", "4h0m0s", "How long it lasts, at most 24h."),
            Flag.text("out", "", "Kubeconfig to write (default break-glass.kubeconfig in the data directory)."),
            Flag.bool("help", false, "This text.")));

    @Override
    public String summary() {
        return "make a system:masters certificate for a few hours, written down with its reason";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException {
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("break-glass", summary(), FLAGS);
            return OK;
        }
        String reason = flags.text("reason");
        Duration life = flags.duration("duration");
        if (reason.isBlank()) {
            flags.problem("reason", "say why: --reason=\"...\"");
        }
        if (life.isZero() || life.compareTo(LONGEST) > 0) {
            flags.problem("duration", "must be more than nothing and at most 24h");
        }
        var dir = new DataDir(flags.optional("data-dir")
                .map(Path::of)
                .orElseGet(() -> DataDir.byDefault(terminal.environment()))
                .toAbsolutePath()
                .normalize());
        if (!Files.exists(dir.caKey())) {
            flags.problem("data-dir", "there is no authority in " + dir.root());
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("break-glass", flags.problems());
        }
        Path file = flags.optional("out").map(Path::of).orElse(dir.root().resolve("break-glass.kubeconfig"));
        issue(dir, file, reason, life, terminal);
        return OK;
    }

    private static void issue(DataDir dir, Path file, String reason, Duration life, Terminal terminal)
            throws IOException {
        InstantSource clock = InstantSource.system();
        OwnAuthority authority = OwnAuthority.open(dir, clock, new SecureRandom());
        String person = terminal.environment().getOrDefault("SUDO_USER", System.getProperty("user.name", "unknown"));
        CertifiedKey certified = authority.client("break-glass:" + person, List.of(User.MASTERS), life);
        var entry = JsonNodeFactory.instance.objectNode();
        entry.put("time", clock.instant().toString())
                .put("person", person)
                .put("reason", reason)
                .put("serial", certified.certificate().getSerialNumber().toString(16))
                .put("until", certified.certificate().getNotAfter().toInstant().toString());
        append(dir.root().resolve("break-glass.log"), Json.write(entry));
        LOG.warn("break-glass: {}", entry);
        String server = Running.read(dir).map(Running::server).orElse("https://127.0.0.1:6443");
        AdminKubeconfig.write(file, server, authority.certificatePem(), "break-glass", certified);
        terminal.say("wrote " + file + ", good until "
                + certified.certificate().getNotAfter().toInstant());
        terminal.say("it may do everything, whatever the policies say; "
                + dir.root().resolve("break-glass.log") + " has the record");
    }

    private static void append(Path log, byte[] line) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                FileChannel.open(log, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), ownerOnly)) {
            var bytes = ByteBuffer.allocate(line.length + 1)
                    .put(line)
                    .put((byte) '\n')
                    .flip();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
