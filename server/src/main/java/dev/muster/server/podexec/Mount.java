package dev.muster.server.podexec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A view of the file system of a process's own, with a folder where in-cluster clients look. */
final class Mount {

    private static final String AT = "/var/run/secrets/kubernetes.io/serviceaccount";

    /** The folder is bound where it belongs; then the command takes this shell's place. */
    private static final String SCRIPT =
            "mkdir -p " + AT + " && mount --bind \"$1\" " + AT + " && shift && exec \"$@\"";

    private Mount() {}

    /** Whether this process may make one: tried, not guessed. */
    static boolean isPossible() throws InterruptedException {
        var trial = new ArrayList<>(around(Path.of("/")));
        trial.add("true");
        try {
            return new ProcessBuilder(trial)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What goes before a command's words, so that it sees the folder. */
    static List<String> around(Path folder) {
        return List.of(
                "unshare", "--mount", "--propagation", "private", "sh", "-c", SCRIPT, "muster-pod", folder.toString());
    }
}
