package dev.muster.server.bootstraptoken;

import dev.muster.server.client.ApiClient;
import dev.muster.server.client.Plain;
import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.datadir.Running;
import dev.muster.server.flags.Flags;
import dev.muster.server.kubeconfig.KubeconfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whom the command asks, and as whom.
 *
 * @param server the URL
 */
record Asking(DataDir dir, String server, KubeconfigFile who) {

    static final String SECRETS = "/api/v1/namespaces/kube-system/secrets";

    private static final long LARGEST = 1 << 20;

    static Asking of(Flags flags, Terminal terminal) throws IOException {
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

    ApiClient client() throws IOException {
        return ApiClient.of(server, who);
    }

    /** Says why it was not done. */
    static void complain(ApiClient.Answer answer, Terminal terminal) {
        terminal.complain(BootstrapTokenCommand.NAME + ": "
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
