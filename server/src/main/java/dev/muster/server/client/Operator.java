package dev.muster.server.client;

import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.Running;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.Flags;
import dev.muster.server.kubeconfig.KubeconfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whom operators' commands ask, and as whom: by a kubeconfig, or as the administrator of a data directory. */
public final class Operator {

    /** The flags that say so. */
    public static final List<Flag> FLAGS = List.of(
            Flag.text("data-dir", "", "Data directory of the server to ask, as its administrator."),
            Flag.text("kubeconfig", "", "Ask the server and as the person of this kubeconfig instead."));

    private static final long LARGEST = 1 << 20;

    private Operator() {}

    /** @param flags with {@link #FLAGS} among them */
    public static ApiClient client(Flags flags, Terminal terminal) throws IOException {
        var named = flags.optional("kubeconfig").map(Path::of);
        if (named.isPresent()) {
            var kubeconfig = read(named.get());
            return ApiClient.of(kubeconfig.server(), kubeconfig);
        }
        var dir = new DataDir(flags.optional("data-dir")
                .map(Path::of)
                .orElseGet(() -> DataDir.byDefault(terminal.environment()))
                .toAbsolutePath()
                .normalize());
        var running = Running.read(dir)
                .orElseThrow(() -> new IOException(
                        "no server has served from " + dir.root() + ": name its --data-dir, or a --kubeconfig"));
        return ApiClient.of(running.server(), read(dir.adminKubeconfig()));
    }

    private static KubeconfigFile read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read " + file);
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than any kubeconfig");
        }
        return KubeconfigFile.read(
                Files.readAllBytes(file), file.toAbsolutePath().getParent());
    }
}
