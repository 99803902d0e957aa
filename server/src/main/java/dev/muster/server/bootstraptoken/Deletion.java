package dev.muster.server.bootstraptoken;

import dev.muster.api.bootstrap.BootstrapToken;
import dev.muster.server.client.ApiClient;
import dev.muster.server.client.Asking;
import dev.muster.server.command.Command;
import dev.muster.server.command.Terminal;
import dev.muster.server.flags.Flags;
import java.io.IOException;
import java.nio.file.Files;

/** {@code muster bootstrap-token delete ID...}: good for nothing from the next request on. */
final class Deletion {

    private Deletion() {}

    static int run(Flags flags, Terminal terminal) throws IOException, InterruptedException {
        if (!flags.problems().isEmpty()) {
            return terminal.refuse(BootstrapTokenCommand.NAME + " delete", flags.problems());
        }
        // What is no id may be a whole token: not repeated.
        if (flags.words().isEmpty()
                || !flags.words().stream()
                        .allMatch(id -> BootstrapToken.ID.matcher(id).matches())) {
            terminal.complain(BootstrapTokenCommand.NAME
                    + " delete: name ids, which are six small letters and digits (what stands before the dot)");
            return Command.USAGE;
        }
        Asking asking = Asking.of(flags, terminal);
        boolean all = true;
        try (ApiClient client = asking.client()) {
            for (String id : flags.words()) {
                var answer = client.delete(BootstrapTokenCommand.SECRETS + "/" + BootstrapToken.NAME_PREFIX + id);
                boolean gone = answer.code() == 200 || answer.code() == 202;
                all &= gone;
                if (gone || answer.code() == 404 && !flags.isGiven("kubeconfig")) {
                    Files.deleteIfExists(asking.dir().bootstrapTokens().resolve(id));
                }
                if (gone) {
                    terminal.say("bootstrap token " + id + " deleted");
                } else {
                    Asking.complain(BootstrapTokenCommand.NAME, answer, terminal);
                }
            }
        }
        return all ? Command.OK : Command.FAILED;
    }
}
