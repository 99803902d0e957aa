package dev.muster.server.command;

import dev.muster.server.accesstoken.TokenCommand;
import dev.muster.server.bootstraptoken.BootstrapTokenCommand;
import dev.muster.server.certificates.CertificatesCommand;
import dev.muster.server.names.NamesCheck;
import dev.muster.server.pki.BreakGlassCommand;
import dev.muster.server.podexec.PodExecCommand;
import dev.muster.server.rehearsal.CheckCommand;
import dev.muster.server.revoke.RevokeCommand;
import dev.muster.server.smallca.PkiCommand;
import dev.muster.server.training.TrainingCommand;
import dev.muster.server.up.UpCommand;
import dev.muster.server.whois.WhoisCommand;
import dev.muster.server.why.WhyCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All commands, in the order in which they are listed. */
public final class Commands {

    private static final Map<String, Supplier<Command>> ALL = all();

    private Commands() {}

    private static Map<String, Supplier<Command>> all() {
        var all = new LinkedHashMap<String, Supplier<Command>>();
        all.put("up", UpCommand::new);
        all.put("apiserver", ApiserverCommand::new);
        all.put("whois", WhoisCommand::new);
        all.put("bootstrap-token", BootstrapTokenCommand::new);
        all.put("token", TokenCommand::new);
        all.put("why", WhyCommand::new);
        all.put("check", () -> new NamesCheck(new CheckCommand()));
        all.put("revoke", RevokeCommand::new);
        all.put("certificates", CertificatesCommand::new);
        all.put("pod-exec", PodExecCommand::new);
        all.put("break-glass", BreakGlassCommand::new);
        all.put("pki", PkiCommand::new);
        all.put("aot-training", TrainingCommand::new);
        all.put("version", VersionCommand::new);
        return all;
    }

    public static Optional<Command> byName(String name) {
        return Optional.ofNullable(ALL.get(name)).map(Supplier::get);
    }

    /** Says which commands there are. */
    public static void list(Terminal terminal) {
        terminal.say("usage: muster COMMAND [FLAGS]");
        terminal.say("");
        ALL.forEach((name, command) -> {
            String summary = command.get().summary();
            if (!summary.isEmpty()) {
                terminal.say(String.format("  %-16s %s", name, summary));
            }
        });
        terminal.say("");
        terminal.say("muster COMMAND --help lists the flags of a command.");
    }
}
