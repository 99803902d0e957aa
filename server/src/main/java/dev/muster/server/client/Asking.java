package dev.muster.server.client;

import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.Running;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.Flags;
import dev.muster.server.kubeconfig.KubeconfigFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom a command asks, and as whom: what its flags {@code --data-dir} and {@code --kubeconfig} say.
 *
 * @param dir of a server on this machine
 * @param server the URL
 */
public record Asking(DataDir dir, String server, KubeconfigFile who) {

    /** The flags that say so. */
    public static final List<Flag> FLAGS = List.of(
            Flag.text("data-dir", "", "Data directory of the server to ask, as its administrator."),
            Flag.text("kubeconfig", "", "Ask the server and as the person of this kubeconfig instead."));

    private static final long LARGEST = 1 << 20;

    /** The server of a data directory, as its administrator, unless a kubeconfig is named. */
    public static Asking of(Flags flags, Terminal terminal) throws IOException {
        var dir = new DataDir(flags.optional("data-dir")
                .map(Path::of)
                .orElseGet(() -> DataDir.byDefault(terminal.environment()))
                .toAbsolutePath()
                .normalize());
        var named = flags.optional("kubeconfig").map(Path::of);
        if (named.isPresent()) {
            var kubeconfig = read(named.get());
            return new Asking(dir, kubeconfig.server(), kubeconfig);
        }
        var running = Running.read(dir)
                .orElseThrow(() -> new IOException(
                        "no server has served from " + dir.root() + ": name its --data-dir, or a --kubeconfig"));
        return new Asking(dir, running.server(), read(dir.adminKubeconfig()));
    }

    /** The server of a kubeconfig, as its person: the one named, or that of {@code KUBECONFIG}, or {@code ~/.kube/config}. */
    public static Asking asPerson(Flags flags, Terminal terminal) throws IOException {
        var environment = terminal.environment();
        var file = flags.optional("kubeconfig")
                .or(() -> Optional.ofNullable(environment.get("KUBECONFIG"))
                        .map(all -> all.split(File.pathSeparator, 2)[0])
                        .filter(first -> !first.isEmpty()))
                .map(Path::of)
                .orElseGet(() -> Path.of(environment.getOrDefault("HOME", "."), ".kube", "config"));
        var kubeconfig = read(file);
        return new Asking(
                new DataDir(DataDir.byDefault(environment).toAbsolutePath()), kubeconfig.server(), kubeconfig);
    }

    public ApiClient client() throws IOException {
        return ApiClient.of(server, who);
    }

    /**
     * Says why it was not done.
     *
     * @param command as it was called
     */
    public static void complain(String command, ApiClient.Answer answer, Terminal terminal) {
        terminal.complain(command + ": "
                + switch (answer.code()) {
                    case 401 -> "the server does not know the credential of the kubeconfig";
                    case 403 -> "not permitted: " + Plain.text(answer.message());
                    default -> "the server answered " + answer.code() + " " + Plain.text(answer.message());
                });
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
