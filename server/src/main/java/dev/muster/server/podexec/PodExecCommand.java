package dev.muster.server.podexec;

import dev.muster.server.client.ApiClient;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import dev.muster.server.kubeconfig.KubeconfigFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code muster pod-exec NAMESPACE/POD -- COMMAND}. */
public final class PodExecCommand implements Command {

    private static final String NAME = "pod-exec";
    private static final int CANNOT_RUN = 127;
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private static final FlagSet FLAGS = new FlagSet(List.of(
            Flag.text("data-dir", "", "Data directory of the server to ask, as its administrator."),
            Flag.text("kubeconfig", "", "Ask the server and as the person of this kubeconfig instead."),
            Flag.bool("help", false, "This text.")));

    private final InstantSource clock = InstantSource.system();

    @Override
    public String summary() {
        return "run a command as a pod's service account: pod-exec NAMESPACE/POD -- COMMAND...";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException, InterruptedException {
        int dashes = arguments.indexOf("--");
        Flags flags = FLAGS.parse(dashes < 0 ? arguments : arguments.subList(0, dashes));
        if (flags.bool("help")) {
            terminal.help(NAME, summary(), FLAGS);
            return OK;
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse(NAME, flags.problems());
        }
        List<String> command = dashes < 0 ? List.of() : arguments.subList(dashes + 1, arguments.size());
        String[] pod = flags.words().size() == 1 ? flags.words().getFirst().split("/", -1) : new String[0];
        if (command.isEmpty() || pod.length != 2 || !isName(pod[0]) || !isName(pod[1])) {
            terminal.complain(NAME + ": say muster " + NAME + " NAMESPACE/POD -- COMMAND...");
            return USAGE;
        }
        try {
            return run(flags, pod[0], pod[1], command, terminal);
        } catch (IOException e) {
            terminal.complain(NAME + ": " + e.getMessage());
            return FAILED;
        }
    }

    private static boolean isName(String name) {
        return name.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    }

    private int run(Flags flags, String namespace, String pod, List<String> command, Terminal terminal)
            throws IOException, InterruptedException {
        Path file = flags.optional("kubeconfig")
                .map(Path::of)
                .orElseGet(() -> new DataDir(flags.optional("data-dir")
                                .map(Path::of)
                                .orElseGet(() -> DataDir.byDefault(terminal.environment())))
                        .adminKubeconfig());
        if (!Files.isReadable(file)) {
            throw new IOException(file + " cannot be read: is the server of that folder running?");
        }
        var who = KubeconfigFile.read(
                Files.readAllBytes(file), file.toAbsolutePath().getParent());
        try (var api = ApiClient.of(who.server(), who);
                var files = AccountFiles.make()) {
            // Ctrl-C ends this process as well as the command.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> forget(files)));
            var account = PodAccount.find(api, namespace, pod);
            var given = account.ask();
            files.put(given.files());
            var renewing = Thread.ofVirtual().name("renew").start(() -> renew(account, given, files, terminal));
            try {
                return start(command, files.folder(), URI.create(who.server()), terminal);
            } finally {
                renewing.interrupt();
                renewing.join();
            }
        }
    }

    private static void forget(AccountFiles files) {
        try {
            files.close();
        } catch (IOException e) {
            // Nobody is left to be told; the folder is its owner's alone.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * At four fifths of the token's life by the clock on the wall, as nodes do: a laptop that slept renews when it wakes, not hours
     * later. A pod that is gone gets no more.
     */
    private void renew(PodAccount account, PodAccount.Given first, AccountFiles files, Terminal terminal) {
        var begun = clock.instant();
        var until = first.until();
        try {
            while (true) {
                var wait = Duration.between(begun, until).multipliedBy(4).dividedBy(5);
                var due = begun.plus(wait.compareTo(AGAIN) < 0 ? AGAIN : wait);
                while (clock.instant().isBefore(due)) {
                    Thread.sleep(GLANCE);
                }
                begun = clock.instant();
                try {
                    var given = account.ask();
                    files.put(given.files());
                    until = given.until();
                } catch (IOException e) {
                    terminal.complain(NAME + ": the token cannot be renewed: " + e.getMessage());
                    until = begun.plus(AGAIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int start(List<String> command, Path folder, URI server, Terminal terminal)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        if (Mount.isPossible()) {
            words.addAll(Mount.around(folder));
        } else {
            terminal.complain(NAME + ": no mount namespace may be made here; the files are in " + folder);
        }
        words.addAll(command);
        var process = new ProcessBuilder(words).inheritIO();
        int port = server.getPort() < 0 ? 443 : server.getPort();
        process.environment().put("KUBERNETES_SERVICE_HOST", server.getHost().replaceAll("[\\[\\]]", ""));
        process.environment().put("KUBERNETES_SERVICE_PORT", Integer.toString(port));
        process.environment().put("MUSTER_ACCOUNT_FILES", folder.toString());
        // An administrator's kubeconfig would win over the account.
        process.environment().remove("KUBECONFIG");
        try {
            return process.start().waitFor();
        } catch (IOException e) {
            terminal.complain(NAME + ": " + e.getMessage());
            return CANNOT_RUN;
        }
    }
}
