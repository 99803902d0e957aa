package dev.muster.server.up;

import dev.muster.server.command.Command;
import dev.muster.server.command.Serving;
import dev.muster.server.command.Terminal;
import dev.muster.server.config.ApiserverFlags;
import dev.muster.server.config.ApiserverOptions;
import dev.muster.server.datadir.DataDir;
import dev.muster.server.flags.Flags;
import dev.muster.server.wiring.Apiserver;
import dev.muster.server.wiring.ConfigurationException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code muster up}: everything that exists so far, in one process, in the foreground, on loopback. */
public final class UpCommand implements Command {

    @Override
    public String summary() {
        return "start everything here, with people and policies to try";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws Exception {
        if (arguments.contains("--help")) {
            terminal.help("up", summary(), ApiserverFlags.all());
            return OK;
        }
        Flags flags = ApiserverFlags.all().parse(arguments);
        ApiserverOptions options = ApiserverOptions.from(flags, terminal.environment());
        if (!options.serving().bind().isLoopbackAddress()
                && options.serving().certificate().isEmpty()) {
            flags.problem(
                    "bind-address",
                    "up serves people to try with and listens on loopback only, unless you give it a real certificate"
                            + " with --tls-cert-file and --tls-private-key-file");
        }
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("up", flags.problems());
        }
        try {
            return serve(arguments, flags, terminal);
        } catch (ConfigurationException e) {
            return terminal.refuse("up", e.problems());
        }
    }

    private static int serve(List<String> arguments, Flags flags, Terminal terminal) throws Exception {
        var random = new SecureRandom();
        var dir = DataDir.open(
                ApiserverOptions.from(flags, terminal.environment()).dataDir());
        var people = new People(dir);
        var server =
                Apiserver.start(withOurs(arguments, flags, dir, random, terminal), dir, InstantSource.system(), random);
        try {
            people.kubeconfigs(server.authority(), server.url(), server.caPem());
            Policies.make(server, people);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        Welcome.say(terminal, dir, people, server.url());
        Serving.untilAsked(server, terminal);
        return OK;
    }

    /** The user's own token file and audit log, or ours; and nodes may join by tokens and be nodes unless told otherwise. */
    private static ApiserverOptions withOurs(
            List<String> arguments, Flags flags, DataDir dir, SecureRandom random, Terminal terminal)
            throws IOException {
        var all = new ArrayList<>(arguments);
        if (!flags.isGiven("token-auth-file")) {
            all.add("--token-auth-file=" + new People(dir).tokenFile(random));
        }
        OwnAudit.complete(flags, dir, all);
        if (!flags.isGiven("enable-bootstrap-token-auth")) {
            all.add("--enable-bootstrap-token-auth");
        }
        if (!flags.isGiven("authorization-mode")) {
            all.add("--authorization-mode=Node,RBAC");
        }
        return ApiserverOptions.from(ApiserverFlags.all().parse(all), terminal.environment());
    }
}
