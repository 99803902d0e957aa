package dev.muster.server.command;

import dev.muster.server.config.ApiserverFlags;
import dev.muster.server.config.ApiserverOptions;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.flags.Flags;
import dev.muster.server.wiring.Apiserver;
import dev.muster.server.wiring.ConfigurationException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** {@code muster apiserver}: the API server alone, with kube-apiserver's flags. */
final class ApiserverCommand implements Command {

    @Override
    public String summary() {
        return "serve the Kubernetes API, with kube-apiserver's flags";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws Exception {
        if (arguments.contains("--help")) {
            terminal.help("apiserver", summary(), ApiserverFlags.all());
            return OK;
        }
        Flags flags = ApiserverFlags.all().parse(arguments);
        ApiserverOptions options = ApiserverOptions.from(flags, terminal.environment());
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("apiserver", flags.problems());
        }
        try {
            var dir = DataDir.open(options.dataDir());
            var server = Apiserver.start(options, dir, InstantSource.system(), new SecureRandom());
            terminal.say("serving on " + server.url() + "; administrator: " + dir.adminKubeconfig());
            terminal.out().flush();
            Serving.untilAsked(server, terminal);
            return OK;
        } catch (ConfigurationException e) {
            return terminal.refuse("apiserver", e.problems());
        }
    }
}
