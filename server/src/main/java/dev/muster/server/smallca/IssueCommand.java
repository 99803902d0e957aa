package dev.muster.server.smallca;

import dev.muster.core.identity.User;
import dev.muster.crypto.x509.CertifiedKey;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import dev.muster.server.flags.Problem;
import dev.muster.server.flags.Quote;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code muster pki issue server|client NAME}: a new key and its certificate. */
final class IssueCommand implements Command {

    /** Browsers refuse what lasts much longer. */
    private static final String LIFE = "8760h0m0s";

    private static final FlagSet FLAGS = PkiFlags.with(
            Flag.list("san", "", "server: further DNS names and addresses."),
            Flag.list("group", "", "client: groups, one organization each."),
            Flag.bool("allow-system-masters", false, "client: whether system:masters may be a group."),
            Flag.duration("duration", LIFE, "How long it lasts, at most as long as the authority."),
            Flag.text("file", "", "Name of the files, without .crt and .key (default: NAME)."));

    @Override
    public String summary() {
        return "issue server|client NAME: make a key and its certificate";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException {
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("pki issue", summary(), FLAGS);
            return OK;
        }
        PkiFlags.noMoreWords(flags, 2);
        String kind = word(flags, 0);
        String name = word(flags, 1);
        String file = flags.optional("file").orElse(name);
        check(flags, kind, name, file);
        Duration duration = PkiFlags.duration(flags);
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("pki issue", flags.problems());
        }
        var folder = PkiFlags.folder(flags);
        var authority = folder.authority(InstantSource.system(), new SecureRandom());
        CertifiedKey issued;
        if (kind.equals("server")) {
            var names = new ArrayList<>(List.of(name));
            flags.list("san").stream().filter(san -> !names.contains(san)).forEach(names::add);
            issued = authority.issueServing(name, names, duration);
        } else {
            issued = authority.issueClient(name, flags.list("group"), duration);
        }
        folder.add(file, issued);
        terminal.say("wrote " + folder.certificateFile(file) + " and " + folder.keyFile(file) + ", good until "
                + issued.certificate().getNotAfter().toInstant());
        return OK;
    }

    private static void check(Flags flags, String kind, String name, String file) {
        if (!kind.equals("server") && !kind.equals("client")) {
            flags.problems().add(new Problem(Quote.go(kind), "say what to issue: server NAME or client NAME"));
            return;
        }
        boolean server = kind.equals("server");
        if (server && !Names.isHost(name)) {
            flags.problems().add(new Problem(Quote.go(name), "must be a DNS name in lower case or an IP address"));
        } else if (!server) {
            Names.checkPerson(flags, "name", name);
        }
        if (!PkiFolder.isName(file)) {
            flags.problem("file", Quote.go(file) + " cannot be the name of a file here: choose another by --file");
        }
        Names.checkHosts(flags, "san", flags.list("san"));
        flags.list("group").forEach(group -> Names.checkPerson(flags, "group", group));
        if (server && flags.isGiven("group")) {
            flags.problem("group", "is for clients");
        }
        if (!server && flags.isGiven("san")) {
            flags.problem("san", "is for servers");
        }
        if (flags.list("group").contains(User.MASTERS) && !flags.bool("allow-system-masters")) {
            flags.problem(
                    "group",
                    "no policy can restrain system:masters: bind a group of your own to cluster-admin, or say"
                            + " --allow-system-masters");
        }
    }

    private static String word(Flags flags, int index) {
        return flags.words().size() > index ? flags.words().get(index) : "";
    }
}
