package dev.muster.server.up;

import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.PrivateFile;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The audit log that {@code up} keeps unless told otherwise. */
final class OwnAudit {

    private static final String POLICY = "audit-policy.yaml";

    private OwnAudit() {}

    static Path log(DataDir dir) {
        return folder(dir).resolve("audit.log");
    }

    private static Path folder(DataDir dir) {
        return dir.root().resolve("audit");
    }

    /** Adds what is not given: {@code --audit-log-path=} switches it off. */
    static void complete(Flags flags, DataDir dir, List<String> arguments) throws IOException {
        if (flags.isGiven("audit-log-path") && flags.text("audit-log-path").isEmpty()) {
            return;
        }
        if (!flags.isGiven("audit-log-path")) {
            arguments.add("--audit-log-path=" + log(dir));
            if (!flags.isGiven("audit-log-mode")) {
                arguments.add("--audit-log-mode=batch");
            }
        }
        if (!flags.isGiven("audit-policy-file")) {
            arguments.add("--audit-policy-file=" + policy(dir));
        }
    }

    /** Written once: it is the user's from then on. */
    private static Path policy(DataDir dir) throws IOException {
        DataDir.makePrivate(folder(dir));
        Path file = folder(dir).resolve("policy.yaml");
        if (!Files.exists(file)) {
            try (InputStream in = OwnAudit.class.getResourceAsStream(POLICY)) {
                PrivateFile.write(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
