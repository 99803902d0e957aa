package dev.muster.server.bootstraptoken;

import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code muster bootstrap-token create|list|delete}. */
public final class BootstrapTokenCommand implements Command {

    static final String NAME = "bootstrap-token";
    static final String SECRETS = "/api/v1/namespaces/kube-system/secrets";

    private static final List<Flag> COMMON = List.of(
            Flag.text("data-dir", "", "Data directory of the server to ask, as its administrator."),
            Flag.text("kubeconfig", "", "Ask the server and as the person of this kubeconfig instead."),
            Flag.bool("help", false, "This text."));

    private static final FlagSet PLAIN = new FlagSet(COMMON);
    private static final FlagSet CREATE = create();

    private final InstantSource clock;
    private final SecureRandom random;

    public BootstrapTokenCommand() {
        this(InstantSource.system(), new SecureRandom());
    }

    BootstrapTokenCommand(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    private static FlagSet create() {
        var all = new ArrayList<>(COMMON);
        all.add(Flag.duration("ttl", "24h0m0s", "How long the token lives; 0 = until it is deleted."));
        all.add(Flag.list("usages", "signing,authentication", "What it is good for: signing, authentication."));
        all.add(Flag.list(
                "groups",
                "system:bootstrappers:kubeadm:default-node-token",
                "Groups of who presents it, beside system:bootstrappers; each begins with system:bootstrappers:."));
        all.add(Flag.text("description", "", "A note for those who list tokens."));
        all.add(Flag.text(
                "token-file", "", "File for the token, 0600 (default: bootstrap-tokens/ID in the data directory)."));
        all.add(Flag.bool("print", false, "Print the token, and write no file."));
        all.add(Flag.bool("print-join", false, "Print what a node needs to join."));
        return new FlagSet(all);
    }

    @Override
    public String summary() {
        return "tokens for nodes that join: bootstrap-token create | list | delete ID...";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException, InterruptedException {
        String what = arguments.isEmpty() ? "" : arguments.getFirst();
        if (what.equals("--help")) {
            terminal.help(NAME, summary(), CREATE);
            return OK;
        }
        if (!List.of("create", "list", "delete").contains(what)) {
            terminal.complain(NAME + ": say create, list or delete; see: muster " + NAME + " --help");
            return USAGE;
        }
        FlagSet known = what.equals("create") ? CREATE : PLAIN;
        Flags flags = known.parse(arguments.subList(1, arguments.size()));
        if (flags.bool("help")) {
            terminal.help(NAME + " " + what, summary(), known);
            return OK;
        }
        if (flags.problems().isEmpty()
                && !what.equals("delete")
                && !flags.words().isEmpty()) {
            // The word may be a token that somebody brought: not repeated.
            terminal.complain(NAME + " " + what + ": takes no words, only flags");
            return USAGE;
        }
        return switch (what) {
            case "create" -> new Create(clock, random).run(flags, terminal);
            case "list" -> Listing.run(flags, terminal, clock.instant());
            default -> Deletion.run(flags, terminal);
        };
    }
}
