package dev.muster.server.smallca;

import dev.muster.crypto.x509.CertificateAuthority;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Flag;
import dev.muster.server.flags.FlagSet;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** {@code muster pki init}: a new authority. */
final class InitCommand implements Command {

    private static final FlagSet FLAGS = PkiFlags.with(
            Flag.text("name", "muster-pki", "Common name of the authority."),
            Flag.duration("duration", "87600h0m0s", "How long the authority lasts."));

    @Override
    public String summary() {
        return "make an authority: ca.crt to be trusted, ca.key to be kept";
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws IOException {
        Flags flags = FLAGS.parse(arguments);
        if (flags.bool("help")) {
            terminal.help("pki init", summary(), FLAGS);
            return OK;
        }
        PkiFlags.noMoreWords(flags, 0);
        String name = flags.text("name");
        Names.checkPerson(flags, "name", name);
        Duration duration = PkiFlags.duration(flags);
        if (!flags.problems().isEmpty()) {
            return terminal.refuse("pki init", flags.problems());
        }
        var folder = PkiFlags.folder(flags);
        folder.init(CertificateAuthority.create(name, duration, InstantSource.system(), new SecureRandom()));
        terminal.say("wrote " + folder.certificateFile(PkiFolder.AUTHORITY) + ": what others are to trust");
        terminal.say("wrote " + folder.keyFile(PkiFolder.AUTHORITY) + ": keep it; who has it is anybody");
        return OK;
    }
}
